package io.pgscim.audit.verify;

import io.pgscim.audit.tlog.Checkpoint;

/** What the check of a log found. */
public sealed interface Verdict {

  /** Every entry, tile and signature agrees with the checkpoint. */
  record Intact(Checkpoint checkpoint) implements Verdict {}

  /**
   * The log was changed, or is damaged.
   *
   * @param where the file, or the checkpoint
   * @param what what is wrong with it, with the entry where one can be named
   */
  record Broken(String where, String what) implements Verdict {}
}
