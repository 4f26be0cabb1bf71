/** What the directory holds becomes identity events, and the outbox becomes Kafka records. */
package io.pgscim.ingest.publish;
