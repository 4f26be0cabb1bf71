package io.pgscim.ingest.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.IngestConfig;
import io.pgscim.ingest.Source;
import io.pgscim.ingest.access.Address;
import io.pgscim.ingest.access.Gate;
import io.pgscim.ingest.access.Outcome;
import io.pgscim.ingest.access.Refusals;
import io.pgscim.ingest.access.Sources;
import io.pgscim.ingest.discovery.Catalog;
import io.pgscim.ingest.discovery.Discovery;
import io.pgscim.ingest.resources.Answer;
import io.pgscim.ingest.resources.Call;
import io.pgscim.ingest.resources.Resources;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.json.StrictJson;
import io.pgscim.scim.schema.ResourceType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Everything below {@code /scim}: who it is, what is named, what shall be done with it. Whatever
 * comes of that is answered here, and every error is a SCIM error.
 */
@ApplicationScoped
public class ScimRoutes {
  /** Before the framework's own limit on bodies, which would answer without a body. */
  private static final int ORDER = -1_000;

  /** From this size on, reading JSON is left to a worker thread. */
  private static final int LARGE = 64 * 1_024;

  private final Vertx vertx;
  private final IngestConfig config;
  private final Sources sources;
  private final Gate gate;
  private final Refusals refusals;
  private final Catalog catalog;
  private final Discovery discovery;
  private final Resources resources;
  private final Bodies bodies;

  public ScimRoutes(
      Vertx vertx,
      IngestConfig config,
      Sources sources,
      Gate gate,
      Refusals refusals,
      Catalog catalog,
      Discovery discovery,
      Resources resources,
      Bodies bodies) {
    this.vertx = vertx;
    this.config = config;
    this.sources = sources;
    this.gate = gate;
    this.refusals = refusals;
    this.catalog = catalog;
    this.discovery = discovery;
    this.resources = resources;
    this.bodies = bodies;
  }

  void mount(@Observes Router router) {
    router.route("/scim/*").order(ORDER).handler(this::handle).failureHandler(this::malformed);
    // A path that cannot be decoded matches no route.
    router.errorHandler(400, this::malformed);
  }

  private void malformed(RoutingContext context) {
    if (context.request().path() != null && context.request().path().startsWith("/scim/")) {
      new Exchange(Source.DEFAULT, context, bodies).malformed();
    } else {
      context.response().setStatusCode(400).end();
    }
  }

  private void handle(RoutingContext context) {
    Source source = sources.at(context.normalizedPath());
    String address = Address.of(context.request());
    Exchange exchange = new Exchange(source, context, bodies);
    Future<Outcome> outcome =
        gate.judge(source.name(), address, context.request().getHeader("Authorization"));
    if (outcome.isComplete()) {
      enter(outcome.result(), exchange, address, context);
      return;
    }
    context.request().pause();
    outcome.onSuccess(
        judged -> {
          enter(judged, exchange, address, context);
          context.request().resume();
        });
  }

  private void enter(Outcome outcome, Exchange exchange, String address, RoutingContext context) {
    try {
      switch (outcome) {
        case Outcome.TurnedAway(String reason) -> exchange.turnAway(reason);
        case Outcome.Outside outside ->
            exchange.fail(ScimException.of(403, "this address may not use this source"));
        case Outcome.TooMany(int retryAfter) -> exchange.refuseForNow(retryAfter);
        case Outcome.Admitted client -> {
          exchange.onError(error -> refusals.refused(client.actor(), address, error));
          dispatch(exchange, exchange.call(client, config.publicUrl().orElse(null)), context);
        }
      }
    } catch (RuntimeException e) {
      exchange.fail(e);
    }
  }

  private void dispatch(Exchange exchange, Call call, RoutingContext context) {
    HttpMethod method = context.request().method();
    HttpMethod verb = method == HttpMethod.HEAD ? HttpMethod.GET : method;
    List<String> path = below(call.source(), context.normalizedPath());
    switch (path == null ? new Endpoint.Unknown() : Endpoint.of(path, catalog)) {
      case Endpoint.Collection at -> collection(exchange, call, at, verb);
      case Endpoint.Single at -> single(exchange, call, at, verb);
      case Endpoint.Config at -> get(exchange, verb, () -> discovery.serviceProviderConfig(call));
      case Endpoint.Types(String name) ->
          get(
              exchange,
              verb,
              () ->
                  name == null
                      ? discovery.resourceTypes(call)
                      : discovery.resourceType(call, name));
      case Endpoint.Schemas(String uri) ->
          get(
              exchange,
              verb,
              () -> uri == null ? discovery.schemas(call) : discovery.schema(call, uri));
      case Endpoint.Unsupported(String name) ->
          exchange.fail(ScimException.of(501, name + " is not supported"));
      case Endpoint.Unknown at -> exchange.fail(ScimException.of(404, "there is no such endpoint"));
    }
  }

  private void collection(Exchange exchange, Call call, Endpoint.Collection at, HttpMethod method) {
    switch (method.name()) {
      case "GET" -> finish(exchange, resources.list(call, at.type()));
      case "POST" -> withBody(exchange, at.type(), body -> resources.create(call, at.type(), body));
      default -> exchange.refuseMethod("GET, POST");
    }
  }

  private void single(Exchange exchange, Call call, Endpoint.Single at, HttpMethod method) {
    switch (method.name()) {
      case "GET" -> finish(exchange, resources.read(call, at.type(), at.id()));
      case "PUT" ->
          withBody(exchange, at.type(), body -> resources.replace(call, at.type(), at.id(), body));
      case "PATCH" -> withBody(exchange, body -> resources.patch(call, at.type(), at.id(), body));
      case "DELETE" -> finish(exchange, resources.delete(call, at.type(), at.id()));
      default -> exchange.refuseMethod("GET, PUT, PATCH, DELETE");
    }
  }

  private static void get(Exchange exchange, HttpMethod method, Supplier<Answer> answer) {
    if (method == HttpMethod.GET) {
      exchange.answer(answer.get());
    } else {
      exchange.refuseMethod("GET");
    }
  }

  private void withBody(Exchange exchange, Function<ObjectNode, Future<Answer>> work) {
    withBody(exchange, null, work);
  }

  /**
   * @param type what the body is a resource of, of whose members only the ids are of interest; null
   *     for anything else
   */
  private void withBody(
      Exchange exchange, ResourceType type, Function<ObjectNode, Future<Answer>> work) {
    String brief = type == null ? null : type.membership();
    Room room = bodies.room();
    Future<Answer> answer =
        exchange
            .body(room)
            .compose(
                bytes ->
                    bytes.length < LARGE
                        ? Future.succeededFuture(StrictJson.object(bytes, brief))
                        : vertx.executeBlocking(() -> StrictJson.object(bytes, brief), false))
            .compose(work)
            .onComplete(done -> room.leave());
    finish(exchange, answer);
  }

  private static void finish(Exchange exchange, Future<Answer> answer) {
    answer.onSuccess(exchange::answer).onFailure(exchange::fail);
  }

  /** The decoded segments below the source's path; null when the path is not below it. */
  private static List<String> below(Source source, String path) {
    if (!path.startsWith(source.path())
        || path.length() > source.path().length() && path.charAt(source.path().length()) != '/') {
      return null;
    }
    List<String> segments = new ArrayList<>();
    for (String segment : path.substring(source.path().length()).split("/")) {
      if (!segment.isEmpty()) {
        segments.add(decoded(segment));
      }
    }
    return segments;
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ScimException.badRequest(ScimType.INVALID_SYNTAX, "the path is not a valid URL path");
    }
  }
}
