/**
 * Between plan and apply: what a plan takes from people is done, withheld until more is known, or
 * held until somebody approves it.
 */
package io.pgscim.applier.guard;
