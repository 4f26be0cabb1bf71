/** Ends the sessions of those who lost access, and proves that none is left. */
package io.pgscim.applier.sessions;
