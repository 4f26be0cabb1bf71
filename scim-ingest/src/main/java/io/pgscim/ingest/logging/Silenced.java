package io.pgscim.ingest.logging;

/** Another failure's kind, stack and causes, without a word of its message. */
final class Silenced extends Exception {
  private static final long serialVersionUID = 1L;

  /** No chain of causes that is worth reading is longer. */
  private static final int DEPTH = 10;

  private final String kind;

  private Silenced(Throwable failure, Throwable cause) {
    super(null, cause);
    this.kind = failure.getClass().getName();
    setStackTrace(failure.getStackTrace());
  }

  static Silenced of(Throwable failure) {
    return of(failure, DEPTH);
  }

  private static Silenced of(Throwable failure, int depth) {
    return failure == null || depth == 0
        ? null
        : new Silenced(failure, of(failure.getCause(), depth - 1));
  }

  @Override
  public String toString() {
    return kind;
  }
}
