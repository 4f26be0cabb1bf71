/** Checks a log's folder without trusting who wrote it: only files, a key, an older checkpoint. */
package io.pgscim.audit.verify;
