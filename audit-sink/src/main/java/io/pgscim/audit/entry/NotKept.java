package io.pgscim.audit.entry;

import java.io.IOException;

/** An entry was pruned; the message says where it lies. */
public final class NotKept extends IOException {
  private static final long serialVersionUID = 1L;

  public NotKept(String message) {
    super(message);
  }
}
