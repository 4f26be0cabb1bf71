/**
 * One run of everything while everything goes wrong: {@code traffic} pushes what happens in a
 * company, {@code nemesis} makes faults, {@code watch} looks, all write {@code history}, and {@code
 * check} judges it.
 */
package io.pgscim.chaos;
