/** Takes records from Kafka, in batches, from the position that the log itself holds. */
package io.pgscim.audit.consume;
