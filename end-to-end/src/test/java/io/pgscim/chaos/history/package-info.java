/** What happened in a run, as lines of JSON, in the order in which it happened. */
package io.pgscim.chaos.history;
