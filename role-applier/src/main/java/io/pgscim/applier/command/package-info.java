/** The command {@code role-applier/applier}: the plan and the holds of a running service. */
package io.pgscim.applier.command;
