package io.pgscim.audit.anchor;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What the second place says about a log.
 *
 * @param epoch counted up by each writer that began; 0 when none has
 * @param writer the one that did last, for people; null when none has
 * @param since when; null when none has
 * @param head what was signed last; empty when nothing was
 */
public record Anchored(long epoch, String writer, Instant since, Optional<Head> head) {
  static final Anchored NOTHING = new Anchored(0, null, null, Optional.empty());

  public Anchored {
    Objects.requireNonNull(head, "head");
  }
}
