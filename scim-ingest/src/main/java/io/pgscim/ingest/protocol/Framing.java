package io.pgscim.ingest.protocol;

import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;

/** What HTTP wants of a request, and what a proxy in front may read differently than we do. */
final class Framing {
  private Framing() {}

  /**
   * Lets a request pass that says once what it is addressed to, in a version that is known.
   *
   * @throws ScimException 400 (RFC 9112 §3.2)
   */
  static void check(HttpServerRequest request) {
    if (request.headers().getAll(HttpHeaders.HOST).size() > 1) {
      throw malformed("the request has more than one Host");
    }
    try {
      request.version();
    } catch (IllegalStateException unknown) {
      throw malformed("the request's version of HTTP is not known");
    }
  }

  /**
   * The address that the client used, as in {@code https://scim.example.com}.
   *
   * @throws ScimException 400 when there is none
   */
  static String addressed(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    if (authority == null || authority.host().isEmpty()) {
      throw malformed("the request has no valid Host");
    }
    return request.scheme() + "://" + authority;
  }

  /** An error that names no more of the request than its part. */
  static ScimException malformed(String detail) {
    return ScimException.badRequest(ScimType.INVALID_SYNTAX, detail);
  }
}
