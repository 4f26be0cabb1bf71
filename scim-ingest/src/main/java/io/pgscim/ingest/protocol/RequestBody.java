package io.pgscim.ingest.protocol;

import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/** Reads a request's body, up to a limit, and drops what is beyond it. */
final class RequestBody {
  /** How many times the limit is read away so that the client gets to see the answer. */
  private static final int PATIENCE = 8;

  private final HttpServerRequest request;
  private final long limit;
  private final Room room;
  private Promise<byte[]> read = Promise.promise();
  private Buffer body = Buffer.buffer();
  private long length;
  private boolean dropped;

  private RequestBody(HttpServerRequest request, long limit, Room room) {
    this.request = request;
    this.limit = limit;
    this.room = room;
  }

  /**
   * The whole body. Fails with 413 when it is larger than the limit, 415 when it is no JSON by its
   * own account, 429 when there is no room for it.
   */
  static Future<byte[]> of(HttpServerRequest request, long limit, Room room) {
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
    return new RequestBody(request, limit, room).start();
  }

  private Future<byte[]> start() {
    if (announced() > limit) {
      refuse();
    } else if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    Future<byte[]> whole = read.future();
    request.handler(this::take);
    request.exceptionHandler(broken -> drop(broken()));
    request.endHandler(end -> finish());
    return whole;
  }

  /** The request lives as long as its answer takes, and a large body shall not. */
  private void finish() {
    Promise<byte[]> whole = read;
    byte[] bytes = body.getBytes();
    body = Buffer.buffer();
    read = Promise.promise();
    whole.tryComplete(bytes);
  }

  private void take(Buffer some) {
    length += some.length();
    if (length > limit) {
      refuse();
    } else if (!dropped && !room.has(length)) {
      drop(ScimException.of(429, "too many large requests at once; try again"));
    } else if (!dropped) {
      body.appendBuffer(some);
    }
    if (length > limit * PATIENCE) {
      request.connection().close();
    }
  }

  private void refuse() {
    drop(ScimException.of(413, "the body is larger than maxPayloadSize (" + limit + " bytes)"));
  }

  private static ScimException broken() {
    return ScimException.badRequest(ScimType.INVALID_SYNTAX, "the body does not end as announced");
  }

  private void drop(ScimException error) {
    dropped = true;
    body = Buffer.buffer();
    read.tryFail(error);
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
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
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
