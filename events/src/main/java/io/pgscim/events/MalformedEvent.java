package io.pgscim.events;

/** What arrived is not an event. The message says what is wrong without quoting the content. */
public final class MalformedEvent extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedEvent(String message) {
    super(message);
  }
}
