/** The only place that changes roles: a plan becomes statements in the caller's transaction. */
package io.pgscim.applier.apply;
