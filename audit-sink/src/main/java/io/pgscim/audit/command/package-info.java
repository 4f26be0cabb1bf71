/** The command {@code audit}: checks, proves, shows and exports a log without any service. */
package io.pgscim.audit.command;
