/** People and groups in PostgreSQL: one transaction per write, the outbox rows in it. */
package io.pgscim.ingest.directory;
