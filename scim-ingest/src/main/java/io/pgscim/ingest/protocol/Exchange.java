package io.pgscim.ingest.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.events.Cause;
import io.pgscim.ingest.Source;
import io.pgscim.ingest.access.Outcome;
import io.pgscim.ingest.directory.Ids;
import io.pgscim.ingest.errors.ScimErrors;
import io.pgscim.ingest.observe.Requests;
import io.pgscim.ingest.resources.Answer;
import io.pgscim.ingest.resources.Call;
import io.pgscim.scim.ScimException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** One request and its answer. */
final class Exchange {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Answers up to this size are not counted: what the network holds for a client is about this. */
  private static final int SMALL = 64 * 1_024;

  private final Source source;
  private final RoutingContext context;
  private final HttpServerRequest request;
  private final String txn = Ids.next().toString();
  private final Instant arrived = Instant.now();
  private final Bodies bodies;
  private final Requests requests;
  private final Requests.Observed observed;
  private Consumer<ScimException> onError = error -> {};
  private IntConsumer charge = further -> {};

  Exchange(Source source, RoutingContext context, Bodies bodies, Requests requests) {
    this.source = source;
    this.context = context;
    this.request = context.request();
    this.bodies = bodies;
    this.requests = requests;
    this.observed =
        requests.begin(
            source.name(), txn, request.method().name(), request.getHeader("traceparent"));
    context.addEndHandler(
        sent -> {
          if (sent.succeeded()) {
            observed.answered(request.response().getStatusCode());
          } else {
            observed.abandoned();
          }
        });
    if (hasBody()) {
      bodies.inTime(request.end(), this::tooSlow);
    }
  }

  /** It is known what the path names. */
  void at(Endpoint endpoint) {
    observed.at(endpoint.template());
  }

  private boolean hasBody() {
    return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  HttpServerRequest request() {
    return request;
  }

  /** The whole body of the request. */
  Future<byte[]> body(Room room) {
    return RequestBody.of(request, bodies.largest(), room);
  }

  /**
   * The request as it is handed on.
   *
   * @param publicUrl how clients reach the service; null for what they addressed
   * @throws ScimException 400 when it does not say clearly what it is addressed to (RFC 9112 §3.2)
   */
  Call call(Outcome.Admitted client, String publicUrl) {
    Framing.check(request);
    charge = client.charge();
    MultiMap parameters = context.queryParams();
    String base = publicUrl == null ? Framing.addressed(request) : publicUrl;
    return new Call(
        source,
        new Cause(txn, client.actor(), arrived, observed.traceparent()),
        base + source.path(),
        parameters::get,
        request.getHeader(HttpHeaders.IF_MATCH),
        request.getHeader(HttpHeaders.IF_NONE_MATCH),
        client.me(),
        null);
  }

  /** Counts the request as several of its client's. */
  void countAs(int requests) {
    charge.accept(requests - 1);
  }

  /** Says where the resource is, whatever the answer will be. */
  void locate(String location) {
    request.response().putHeader(HttpHeaders.LOCATION, location);
  }

  /** A request that HTTP itself does not allow, found before it was known who sends it. */
  void malformed() {
    fail(Framing.malformed("the request's path, query or Host is malformed"));
  }

  /** 408 where nothing was answered yet; the connection is of no use in either case. */
  private void tooSlow() {
    if (!request.response().ended()) {
      request.response().putHeader(HttpHeaders.CONNECTION, "close");
      fail(ScimException.of(408, "the request was not here in time"));
    }
    request.connection().close();
  }

  /** Who shall hear of an error that this is answered with. */
  void onError(Consumer<ScimException> listener) {
    this.onError = listener;
  }

  void answer(Answer answer) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(answer.status());
    if (answer.location() != null) {
      response.putHeader(HttpHeaders.LOCATION, answer.location());
      if (answer.body() != null) {
        // What the body shows is the resource there (RFC 7643 §3.1, meta.location).
        response.putHeader(HttpHeaders.CONTENT_LOCATION, answer.location());
      }
    }
    if (answer.etag() != null) {
      response.putHeader(HttpHeaders.ETAG, answer.etag());
    }
    if (answer.status() == 202) {
      // §3 of RFC 9967: how the client recognizes the completion event.
      response.putHeader("Set-Txn", answer.id());
      response.putHeader(
          request.method() == HttpMethod.GET ? "Retry-After" : "Preference-Applied",
          request.method() == HttpMethod.GET ? "1" : "respond-async");
    }
    end(response, answer.body());
  }

  /** How the client would like to be answered. */
  Preference preference() {
    return Preference.of(request.headers().getAll("Prefer"));
  }

  void fail(Throwable failure) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    refuse(ScimErrors.of(failure, txn));
  }

  private void refuse(ScimException error) {
    HttpServerResponse response = request.response().setStatusCode(error.status());
    boolean later = error.status() == 503 || error.status() == 429;
    if (later && !response.headers().contains(HttpHeaders.RETRY_AFTER)) {
      response.putHeader(HttpHeaders.RETRY_AFTER, "1");
    }
    onError.accept(error);
    end(response, ScimErrors.json(error));
  }

  /** 429 (RFC 6585 §4). */
  void refuseForNow(int retryAfter) {
    request.response().putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfter));
    fail(ScimException.of(429, "too many requests; try again in " + retryAfter + " s"));
  }

  /** 401 (RFC 6750 §3). */
  void turnAway(String reason) {
    requests.turnedAway(source.name(), reason);
    boolean missing = reason.equals("missing");
    request
        .response()
        .setStatusCode(401)
        .putHeader(
            "WWW-Authenticate",
            missing ? "Bearer realm=\"scim\"" : "Bearer realm=\"scim\", error=\"invalid_token\"");
    String detail = missing ? "a bearer token is needed" : "the bearer token is not valid";
    end(request.response(), ScimErrors.json(ScimException.of(401, detail)));
  }

  /** 405, saying what is allowed instead. */
  void refuseMethod(String allowed) {
    request.response().putHeader(HttpHeaders.ALLOW, allowed);
    fail(ScimException.of(405, "this endpoint allows " + allowed));
  }

  private void end(HttpServerResponse response, ObjectNode body) {
    if (body == null) {
      response.end();
      return;
    }
    byte[] bytes = bytes(body);
    boolean large = bytes.length > SMALL;
    if (large && !bodies.answers().take(bytes.length)) {
      refuse(ScimException.of(429, "too many large answers are under way; try again"));
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, contentType());
    // Some ask and ask and do not read: then what they were answered before is still here.
    boolean behind = response.writeQueueFull();
    Future<Void> written = response.end(Buffer.buffer(bytes));
    if (large) {
      written.onComplete(over -> bodies.answers().giveBack(bytes.length));
    }
    if (large || behind) {
      bodies.inTime(written, () -> request.connection().close());
    }
  }

  private static byte[] bytes(ObjectNode body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can be written", e);
    }
  }

  /** SCIM's own media type, unless the client knows only JSON's (RFC 7644 §3.8). */
  private String contentType() {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    boolean plain =
        accept != null
            && accept.contains("application/json")
            && !accept.contains("application/scim+json")
            && !accept.contains("*/*");
    return plain ? "application/json" : "application/scim+json";
  }
}
