package io.pgscim.ingest.access;

import java.util.UUID;
import java.util.function.IntConsumer;

/** What became of a request's credential. */
public sealed interface Outcome {

  /**
   * It is good.
   *
   * @param actor whose it is, {@code <source>/<client>}, fit for events and logs
   * @param me the user that the client stands for; null for none
   * @param charge takes so many further requests from what the client may send, for a request that
   *     stands for several
   */
  record Admitted(String actor, UUID me, IntConsumer charge) implements Outcome {}

  /**
   * It is not.
   *
   * @param reason {@code missing}, {@code unknown}, {@code expired} or {@code revoked}
   */
  record TurnedAway(String reason) implements Outcome {}

  /** There are several, and which of them counts is not for us to guess. */
  record Ambiguous() implements Outcome {}

  /** Nobody may ask from there. */
  record Outside() implements Outcome {}

  /**
   * Too many requests of this client, or with wrong credentials from this address.
   *
   * @param retryAfter in seconds
   */
  record TooMany(int retryAfter) implements Outcome {}
}
