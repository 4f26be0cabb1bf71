package io.pgscim.audit.tree;

import java.io.IOException;

/**
 * The tiles are written, but not all that must agree has agreed yet; the message says who. To be
 * tried again as it is.
 */
final class Unpublished extends IOException {
  private static final long serialVersionUID = 1L;

  Unpublished(String message, Throwable cause) {
    super(message, cause);
  }
}
