package io.pgscim.events;

/**
 * The data of one CloudEvent. Every event names the Kafka key it travels under; two events with the
 * same key are delivered in the order they were produced in.
 */
public sealed interface Event permits IdentityEvent, RoleEvent, SecurityEvent {

  /** The Kafka record key, also the CloudEvents {@code subject} and {@code partitionkey}. */
  String key();
}
