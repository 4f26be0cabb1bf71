package io.pgscim.audit.tlog;

/** A note, checkpoint or key is not what it should be; the message says in which way. */
public final class NoteException extends Exception {
  private static final long serialVersionUID = 1L;

  public NoteException(String message) {
    super(message);
  }
}
