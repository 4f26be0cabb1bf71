package io.pgscim.audit.anchor;

import java.io.IOException;

/** The second place did not answer; the message says why. It may be there again later. */
public final class AnchorUnavailable extends IOException {
  private static final long serialVersionUID = 1L;

  public AnchorUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
