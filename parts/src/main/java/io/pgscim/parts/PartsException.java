package io.pgscim.parts;

/**
 * A part could not be started or driven; the message is one sentence for the person at the
 * terminal.
 */
public final class PartsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PartsException(String message) {
    super(message);
  }

  public PartsException(String message, Throwable cause) {
    super(message, cause);
  }
}
