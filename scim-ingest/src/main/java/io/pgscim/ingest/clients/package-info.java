/**
 * The clients of each source and their secrets: made, rotated and ended in the directory's
 * database.
 */
package io.pgscim.ingest.clients;
