package io.pgscim.audit.anchor;

import java.io.IOException;

/** Another writer has this log now. Whoever is told so signs nothing any more, ever. */
public final class Fenced extends IOException {
  private static final long serialVersionUID = 1L;

  Fenced(Anchored now) {
    super(
        now.epoch() == 0
            ? "the anchor's row of this log is gone; this process signs nothing any more"
            : "another process has taken this log, "
                + now.writer()
                + " at "
                + now.since()
                + "; this one signs nothing any more: stop the one that should not run");
  }
}
