package io.pgscim.ingest.oauth;

import io.pgscim.ingest.IngestConfig;
import io.pgscim.ingest.access.Address;
import io.pgscim.ingest.access.Gate;
import io.pgscim.ingest.access.Outcome;
import io.pgscim.ingest.clients.AccessTokens;
import io.pgscim.ingest.logging.Key;
import io.pgscim.ingest.logging.Log;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The token endpoint (RFC 6749 §3.2) and what it says about itself (RFC 8414). */
@ApplicationScoped
public class OAuthRoutes {
  private static final Log LOG = Log.of(OAuthRoutes.class);
  private static final int ORDER = -1_000;
  private static final int MAX_FORM = 8_192;

  /** How many times the limit is read away so that the client gets to see the answer. */
  private static final int PATIENCE = 64;

  private static final String TOKEN = "/oauth2/token";
  private static final String METADATA = "/.well-known/oauth-authorization-server";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final IngestConfig config;
  private final Gate gate;
  private final AccessTokens tokens;

  public OAuthRoutes(IngestConfig config, Gate gate, AccessTokens tokens) {
    this.config = config;
    this.gate = gate;
    this.tokens = tokens;
  }

  void mount(@Observes Router router) {
    router.route(TOKEN).order(ORDER).handler(this::token);
    router.get(METADATA).order(ORDER).handler(this::metadata);
  }

  private void token(RoutingContext context) {
    HttpServerRequest request = context.request();
    List<String> authorization = request.headers().getAll(HttpHeaders.AUTHORIZATION);
    form(request)
        .map(form -> TokenRequest.of(authorization, form))
        .compose(asked -> issue(asked, request))
        .onFailure(failure -> refuse(request, failure));
  }

  private Future<Void> issue(TokenRequest asked, HttpServerRequest request) {
    if (!asked.complete()) {
      turnAway(request, asked.basic() || asked.clientId() == null);
      return Future.succeededFuture();
    }
    return gate.judgeClient(asked.clientId(), asked.clientSecret(), Address.of(request))
        .compose(
            judged -> {
              if (judged.credential() != null) {
                return tokens.issue(judged.credential()).map(token -> answer(request, token));
              }
              switch (judged.outcome()) {
                case Outcome.TooMany(int retryAfter) -> {
                  request.response().putHeader(HttpHeaders.RETRY_AFTER, retryAfter + "");
                  error(request, 429, "invalid_client", "too many requests");
                }
                case Outcome.Outside outside ->
                    error(request, 403, "unauthorized_client", "this address may not ask");
                case Outcome.TurnedAway away -> turnAway(request, asked.basic());
                case Outcome.Ambiguous several ->
                    throw new IllegalStateException("a token request has one secret");
                case Outcome.Admitted admitted ->
                    throw new IllegalStateException("a client secret admits nobody");
              }
              return Future.succeededFuture();
            });
  }

  private Void answer(HttpServerRequest request, String token) {
    end(
        request,
        200,
        new JsonObject()
            .put("access_token", token)
            .put("token_type", "Bearer")
            .put("expires_in", tokens.lifetime().toSeconds()));
    return null;
  }

  /** 401, in the client's own way of speaking (§5.2). */
  private static void turnAway(HttpServerRequest request, boolean basic) {
    if (basic) {
      request.response().putHeader("WWW-Authenticate", "Basic realm=\"scim\", charset=\"UTF-8\"");
    }
    error(request, 401, "invalid_client", "the client is not known by that secret");
  }

  private static void refuse(HttpServerRequest request, Throwable failure) {
    if (failure instanceof OAuthError error) {
      error(request, error.status(), error.code(), error.getMessage());
      return;
    }
    LOG.error("no token issued", Key.REASON.is(failure.getClass().getSimpleName()));
    error(request, 503, "temporarily_unavailable", "try again");
  }

  private static void error(HttpServerRequest request, int status, String code, String text) {
    end(request, status, new JsonObject().put("error", code).put("error_description", text));
  }

  private static void end(HttpServerRequest request, int status, JsonObject body) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("Pragma", "no-cache")
        .end(body.toBuffer());
  }

  private static Future<String> form(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (request.method() != HttpMethod.POST) {
      return Future.failedFuture(new OAuthError(405, "invalid_request", "the method must be POST"));
    }
    if (type == null || !type.toLowerCase(Locale.ROOT).split(";")[0].strip().equals(FORM)) {
      return Future.failedFuture(new OAuthError("invalid_request", "the body must be " + FORM));
    }
    Buffer body = Buffer.buffer();
    Promise<String> read = Promise.promise();
    request.handler(
        some -> {
          if (request.bytesRead() > MAX_FORM) {
            read.tryFail(
                new OAuthError(
                    413, "invalid_request", "the body is larger than " + MAX_FORM + " bytes"));
          } else {
            body.appendBuffer(some);
          }
          if (request.bytesRead() > MAX_FORM * PATIENCE) {
            request.connection().close();
          }
        });
    request.exceptionHandler(read::tryFail);
    request.endHandler(end -> read.tryComplete(body.toString(StandardCharsets.UTF_8)));
    return read.future();
  }

  private void metadata(RoutingContext context) {
    HttpServerRequest request = context.request();
    String issuer =
        config.publicUrl().orElseGet(() -> request.scheme() + "://" + request.authority());
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(
            new JsonObject()
                .put("issuer", issuer)
                .put("token_endpoint", issuer + TOKEN)
                .put(
                    "token_endpoint_auth_methods_supported",
                    JsonArray.of("client_secret_basic", "client_secret_post"))
                .put("grant_types_supported", JsonArray.of("client_credentials"))
                .put("response_types_supported", new JsonArray())
                .toBuffer());
  }
}
