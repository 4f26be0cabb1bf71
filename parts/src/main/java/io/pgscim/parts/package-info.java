/** A real Kafka broker and a real PostgreSQL on this machine, whichever way they can be had. */
package io.pgscim.parts;
