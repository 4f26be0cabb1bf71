package io.pgscim.ingest.oauth;

/** An error of RFC 6749 §5.2. */
final class OAuthError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  OAuthError(String code, String description) {
    this(400, code, description);
  }

  OAuthError(int status, String code, String description) {
    super(description, null, false, false);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
