package io.pgscim.scim;

/**
 * A request that cannot be served, with the status, keyword and words of its SCIM error (RFC 7644
 * §3.12). The detail is written for whoever set the client up: it names the attribute or position,
 * and quotes no more of the request than a name or an id.
 */
public final class ScimException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final ScimType type;

  /**
   * @param status HTTP status, 400 to 599
   * @param type the keyword; null when table 9 has none for this error
   */
  public ScimException(int status, ScimType type, String detail) {
    // An expected answer, not a fault: a stack trace would only cost time.
    super(detail, null, false, false);
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("an error's status is 400 to 599, not " + status);
    }
    this.status = status;
    this.type = type;
  }

  /** A 400 with its keyword. */
  public static ScimException badRequest(ScimType type, String detail) {
    return new ScimException(400, type, detail);
  }

  /** An error without a keyword. */
  public static ScimException of(int status, String detail) {
    return new ScimException(status, null, detail);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The keyword, or null. */
  public ScimType type() {
    return type;
  }
}
