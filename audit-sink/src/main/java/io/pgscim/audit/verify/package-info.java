/** Checks a log without trusting who wrote it: only its files, a key, an older checkpoint. Pure. */
package io.pgscim.audit.verify;
