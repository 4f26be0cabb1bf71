package io.pgscim.audit.people;

import java.util.UUID;

/** What is kept of a person was changed by somebody, or exchanged. */
public final class SealBroken extends Exception {
  private static final long serialVersionUID = 1L;

  SealBroken(UUID event) {
    super("what is kept of the person beside the entry of event " + event + " was changed");
  }
}
