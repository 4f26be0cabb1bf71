/** The service as its enemies meet it: a process of its own, attacked over raw sockets. */
package io.pgscim.ingest.hostile;
