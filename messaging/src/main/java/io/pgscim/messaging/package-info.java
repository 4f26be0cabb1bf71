/**
 * How an event leaves PostgreSQL for Kafka: the outbox table, its relay, and the topics it fills.
 */
package io.pgscim.messaging;
