/** The jar from a shell: the service, or the command {@code admin} for those who run it. */
package io.pgscim.ingest.command;
