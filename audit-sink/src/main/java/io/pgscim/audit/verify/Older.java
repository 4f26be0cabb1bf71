package io.pgscim.audit.verify;

import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Edge;

/**
 * What the log was known to be before, and must have grown out of. Without it a log that was
 * rewritten as a whole, by whoever has the key, is not noticed.
 *
 * @param where how it is called when the log does not fit it
 */
public record Older(String where, Checkpoint checkpoint) {

  void mustNotBeAheadOf(Checkpoint signed) throws Wrong {
    if (checkpoint.size() > signed.size()) {
      throw new Wrong(
          "checkpoint",
          "has "
              + signed.size()
              + " entries, "
              + where
              + " had "
              + checkpoint.size()
              + ": the log was cut");
    }
  }

  /** Compares the root when the tree has grown to just this size. */
  void compare(Edge edge) throws Wrong {
    if (edge.size() == checkpoint.size() && !edge.root().equals(checkpoint.root())) {
      throw new Wrong(
          where,
          "the first "
              + edge.size()
              + " entries are not those that it was signed for: the log was rewritten");
    }
  }
}
