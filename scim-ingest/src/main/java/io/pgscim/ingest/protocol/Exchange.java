package io.pgscim.ingest.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.events.Cause;
import io.pgscim.ingest.Source;
import io.pgscim.ingest.directory.Ids;
import io.pgscim.ingest.errors.ScimErrors;
import io.pgscim.ingest.observe.Requests;
import io.pgscim.ingest.resources.Answer;
import io.pgscim.ingest.resources.Call;
import io.pgscim.scim.ScimException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;

/** One request and its answer. */
final class Exchange {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Source source;
  private final RoutingContext context;
  private final HttpServerRequest request;
  private final String txn = Ids.next().toString();
  private final Instant arrived = Instant.now();
  private final Requests requests;
  private final Requests.Observed observed;

  Exchange(Source source, RoutingContext context, Requests requests) {
    this.source = source;
    this.context = context;
    this.request = context.request();
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
  }

  /** It is known what the path names. */
  void at(Endpoint endpoint) {
    observed.at(endpoint.template());
  }

  HttpServerRequest request() {
    return request;
  }

  /**
   * The request as it is handed on.
   *
   * @param publicUrl how clients reach the service; null for what they addressed
   */
  Call call(String actor, String publicUrl) {
    MultiMap parameters = context.queryParams();
    String base = publicUrl == null ? request.scheme() + "://" + request.authority() : publicUrl;
    return new Call(
        source,
        new Cause(txn, actor, arrived, observed.traceparent()),
        base + source.path(),
        parameters::get,
        request.getHeader(HttpHeaders.IF_MATCH),
        request.getHeader(HttpHeaders.IF_NONE_MATCH));
  }

  void answer(Answer answer) {
    HttpServerResponse response = request.response().setStatusCode(answer.status());
    if (answer.location() != null) {
      response.putHeader(HttpHeaders.LOCATION, answer.location());
    }
    if (answer.etag() != null) {
      response.putHeader(HttpHeaders.ETAG, answer.etag());
    }
    end(response, answer.body());
  }

  void fail(Throwable failure) {
    ScimException error = ScimErrors.of(failure, txn);
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(error.status());
    if (error.status() == 503) {
      response.putHeader(HttpHeaders.RETRY_AFTER, "1");
    }
    end(response, ScimErrors.json(error));
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
    request.response().setStatusCode(405).putHeader(HttpHeaders.ALLOW, allowed);
    end(
        request.response(),
        ScimErrors.json(ScimException.of(405, "this endpoint allows " + allowed)));
  }

  private void end(HttpServerResponse response, ObjectNode body) {
    if (body == null) {
      response.end();
      return;
    }
    try {
      response.putHeader(HttpHeaders.CONTENT_TYPE, contentType());
      response.end(Buffer.buffer(JSON.writeValueAsBytes(body)));
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
