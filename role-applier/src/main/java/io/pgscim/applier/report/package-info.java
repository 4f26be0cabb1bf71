/** What was done and what was refused, as events in the outbox of the same transaction. */
package io.pgscim.applier.report;
