/** Judges a history and what was found at its end. No I/O: what it reads is handed to it. */
package io.pgscim.chaos.check;
