package io.pgscim.messaging;

import io.smallrye.mutiny.Uni;

/** Where the relay hands records to. */
public interface Publisher extends AutoCloseable {

  /**
   * Sends one record. The Uni completes once the broker has it ({@code acks=all}) and fails when it
   * never will. Records of one key arrive in the order of the calls, which the caller makes from
   * one thread.
   */
  Uni<Void> publish(OutgoingRecord record);

  /** Begins anew after a failure. Called when nothing is on its way. */
  default void renew() {}

  @Override
  default void close() {}
}
