/**
 * The demonstration: people are pushed, PostgreSQL and the log are looked at, in plain words and
 * real rows.
 */
package io.pgscim.local.demonstrate;
