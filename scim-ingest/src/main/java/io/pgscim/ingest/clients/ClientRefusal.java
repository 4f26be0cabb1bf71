package io.pgscim.ingest.clients;

/** Why a client or secret was not changed, for whoever asked. Nothing was written. */
public final class ClientRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** What kind of refusal it is. */
  public enum Reason {
    /** What was asked for cannot be. */
    INVALID,
    /** There is nothing of that name. */
    NOT_FOUND,
    /** It cannot be now. */
    CONFLICT
  }

  public ClientRefusal(Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
