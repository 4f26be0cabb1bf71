package io.pgscim.ingest.protocol;

import io.pgscim.ingest.errors.ScimErrors;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** What HTTP wants of a request, and what a proxy in front may read differently than we do. */
final class Framing {
  private Framing() {}

  /**
   * Lets a request pass of which everybody knows where it ends: it is of a version that is known,
   * and its only transfer coding is {@code chunked}. What follows another one on its connection may
   * have been meant to be a part of it, and is not served.
   */
  static void enter(RoutingContext context) {
    HttpServerRequest request = context.request();
    List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
    boolean plain =
        codings.isEmpty() || codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked");
    if (plain && request.version() != null) {
      context.next();
      return;
    }
    refuse(request, malformed("the version of HTTP or the Transfer-Encoding is not known"));
  }

  /**
   * Answers what the router did not let pass and no other route is for, because it names no path.
   */
  static void fail(RoutingContext context) {
    String path = context.request().path();
    if (path != null && path.startsWith("/")) {
      context.next();
    } else {
      refuse(context.request(), malformed("the request names no path"));
    }
  }

  private static void refuse(HttpServerRequest request, ScimException error) {
    Buffer body = Buffer.buffer(ScimErrors.json(error).toString());
    // Not ended: with the end of the answer, what follows would be served.
    request
        .response()
        .setStatusCode(error.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/scim+json")
        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
        .putHeader(HttpHeaders.CONNECTION, "close")
        .write(body)
        .onComplete(written -> request.connection().close());
  }

  /**
   * Lets a request pass that says once what it is addressed to.
   *
   * @throws ScimException 400 (RFC 9112 §3.2)
   */
  static void check(HttpServerRequest request) {
    if (request.headers().getAll(HttpHeaders.HOST).size() > 1) {
      throw malformed("the request has more than one Host");
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
