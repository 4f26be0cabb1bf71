/** What stands in the log: who did what to which thing, when, and with which outcome. Pure. */
package io.pgscim.audit.entry;
