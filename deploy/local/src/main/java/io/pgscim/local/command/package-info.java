/** The commands of {@code deploy/quickstart}. */
package io.pgscim.local.command;
