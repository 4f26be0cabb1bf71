package io.pgscim.audit.anchor;

import io.pgscim.audit.tlog.Checkpoint;
import java.time.Instant;
import java.util.Objects;

/**
 * What was signed.
 *
 * @param time in whole seconds
 * @param note the checkpoint with its log's signatures
 */
public record Head(Checkpoint checkpoint, Instant time, String note) {

  public Head {
    Objects.requireNonNull(checkpoint, "checkpoint");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(note, "note");
  }

  /** Whether both say the same about the tree, at the same time. */
  boolean isAs(Head other) {
    return checkpoint.equals(other.checkpoint) && time.equals(other.time);
  }
}
