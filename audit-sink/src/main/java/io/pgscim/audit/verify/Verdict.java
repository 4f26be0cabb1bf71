package io.pgscim.audit.verify;

import io.pgscim.audit.tlog.Checkpoint;
import java.util.Optional;

/** What the check of a log found. */
public sealed interface Verdict {

  /**
   * Every entry, tile and signature agrees with the checkpoint.
   *
   * @param part which entries are here, when they are not all
   */
  record Intact(Checkpoint checkpoint, Optional<Part> part) implements Verdict {}

  /**
   * The log says, signed, that only these entries are here; of the others the hashes agree.
   *
   * @param from the first
   * @param until the index behind the last
   * @param archive whether this is an archive, and not the log
   * @param place the archive, as the log calls it
   */
  record Part(long from, long until, boolean archive, String place) {}

  /**
   * The log was changed, or is damaged.
   *
   * @param where the file, or the checkpoint
   * @param what what is wrong with it, with the entry where one can be named
   */
  record Broken(String where, String what) implements Verdict {}
}
