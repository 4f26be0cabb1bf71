package io.pgscim.ingest.protocol;

import io.pgscim.scim.ScimException;
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
  private final Promise<byte[]> read = Promise.promise();
  private Buffer body = Buffer.buffer();
  private long length;

  private RequestBody(HttpServerRequest request, long limit) {
    this.request = request;
    this.limit = limit;
  }

  /**
   * The whole body. Fails with 413 when it is larger than the limit, 415 when it is no JSON by its
   * own account.
   */
  static Future<byte[]> of(HttpServerRequest request, long limit) {
    if (!isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
      return Future.failedFuture(
          ScimException.of(415, "the body must be application/scim+json or application/json"));
    }
    return new RequestBody(request, limit).start();
  }

  private Future<byte[]> start() {
    if (announced() > limit) {
      refuse();
    } else if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    request.handler(this::take);
    request.exceptionHandler(read::tryFail);
    request.endHandler(end -> read.tryComplete(body.getBytes()));
    return read.future();
  }

  private void take(Buffer some) {
    length += some.length();
    if (length <= limit) {
      body.appendBuffer(some);
    } else {
      refuse();
    }
    if (length > limit * PATIENCE) {
      request.connection().close();
    }
  }

  private void refuse() {
    body = Buffer.buffer();
    read.tryFail(
        ScimException.of(413, "the body is larger than maxPayloadSize (" + limit + " bytes)"));
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
