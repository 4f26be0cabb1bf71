package io.pgscim.ingest.protocol;

import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** Reads a request's body, up to a limit, and drops what is beyond it. */
final class RequestBody {
  /** How many times the limit is read away so that the client gets to see the answer. */
  private static final int PATIENCE = 8;

  private final RoutingContext context;
  private final HttpServerRequest request;
  private final Bodies bodies;
  private final Promise<byte[]> read = Promise.promise();
  private Buffer body = Buffer.buffer();
  private long length;
  private long taken;

  private RequestBody(RoutingContext context, Bodies bodies) {
    this.context = context;
    this.request = context.request();
    this.bodies = bodies;
  }

  /**
   * The whole body. Fails with 413 when it is larger than the limit, 415 when it is no JSON by its
   * own account, 429 when there are too many large ones. The room that it takes is given back when
   * the request is answered.
   */
  static Future<byte[]> of(RoutingContext context, Bodies bodies) {
    HttpServerRequest request = context.request();
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      // A few kilobytes of it could be gigabytes.
      request.response().putHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
      return Future.failedFuture(ScimException.of(415, "the body must not be compressed"));
    }
    if (!isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
      return Future.failedFuture(
          ScimException.of(415, "the body must be application/scim+json or application/json"));
    }
    return new RequestBody(context, bodies).start();
  }

  private Future<byte[]> start() {
    long announced = announced();
    if (announced > bodies.largest()) {
      refuseSize();
    } else if (hasRoom(announced)
        && "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    request.handler(this::take);
    request.exceptionHandler(broken -> refuse(broken()));
    request.endHandler(end -> read.tryComplete(body.getBytes()));
    return read.future();
  }

  private void take(Buffer some) {
    length += some.length();
    if (length > bodies.largest()) {
      refuseSize();
    } else if (!read.future().isComplete() && hasRoom(length)) {
      body.appendBuffer(some);
    }
    if (length > bodies.largest() * PATIENCE) {
      request.connection().close();
    }
  }

  /** Takes what a body of that length needs beyond what was taken for it before. */
  private boolean hasRoom(long wanted) {
    if (wanted <= Math.max(taken, Bodies.SMALL)) {
      return true;
    }
    if (!bodies.take(wanted - taken)) {
      refuse(ScimException.of(429, "too many large requests are under way; try again"));
      return false;
    }
    if (taken == 0) {
      context.addEndHandler(answered -> bodies.giveBack(taken));
    }
    taken = wanted;
    return true;
  }

  private void refuseSize() {
    refuse(
        ScimException.of(
            413, "the body is larger than maxPayloadSize (" + bodies.largest() + " bytes)"));
  }

  private void refuse(ScimException error) {
    body = Buffer.buffer();
    read.tryFail(error);
  }

  private static ScimException broken() {
    return ScimException.badRequest(ScimType.INVALID_SYNTAX, "the body does not end as announced");
  }

  private long announced() {
    String header = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return header == null ? 0 : Long.parseLong(header);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  /** A client that does not say what it sends is believed to send JSON. */
  private static boolean isJson(String contentType) {
    if (contentType == null || contentType.isBlank()) {
      return true;
    }
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";");
    boolean json =
        parts[0].strip().equals("application/scim+json")
            || parts[0].strip().equals("application/json");
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      json &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
    }
    return json;
  }
}
