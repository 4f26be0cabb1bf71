/** Lets old entries go: into an archive, by the log's own word, and then from here. */
package io.pgscim.audit.retention;
