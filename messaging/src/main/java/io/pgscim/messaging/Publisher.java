package io.pgscim.messaging;

import io.smallrye.mutiny.Uni;

/** Where the relay hands records to. */
public interface Publisher {

  /**
   * Sends one record. The Uni completes once the broker has it ({@code acks=all}) and fails when it
   * never will. Records of one key arrive in the order of the calls, which the caller makes from
   * one thread.
   */
  Uni<Void> publish(OutgoingRecord record);
}
