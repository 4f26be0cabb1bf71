/** Identity events as they come from Kafka, read and reduced to the latest state of each key. */
package io.pgscim.applier.consume;
