package io.pgscim.audit.anchor;

import java.util.Optional;

/**
 * One row per log in a second place, beyond the reach of whoever can write the log's folder. It
 * only ever moves forward: by compare-and-swap, under an epoch that each new writer counts up.
 *
 * <p>Every method throws {@link AnchorUnavailable} when there was no answer; whether a change was
 * made is then not known.
 */
public interface Anchor extends AutoCloseable {

  /** The row of this log; epoch 0 and no head when there is none yet. */
  Anchored look() throws AnchorUnavailable;

  /**
   * Begins the next epoch, if the current one is still the one that was seen. From then on no swap
   * of an older epoch is made.
   *
   * @return whether it was begun
   */
  boolean take(long seenEpoch, String writer) throws AnchorUnavailable;

  /**
   * Puts a head in the place of another one.
   *
   * @return whether it was done; not, when the epoch or the head was another
   */
  boolean swap(long epoch, Optional<Head> from, Head to) throws AnchorUnavailable;

  @Override
  void close();
}
