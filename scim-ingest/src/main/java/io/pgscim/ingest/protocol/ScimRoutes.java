package io.pgscim.ingest.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.IngestConfig;
import io.pgscim.ingest.Source;
import io.pgscim.ingest.access.Address;
import io.pgscim.ingest.access.Gate;
import io.pgscim.ingest.access.Outcome;
import io.pgscim.ingest.access.Refusals;
import io.pgscim.ingest.access.Sources;
import io.pgscim.ingest.bulk.Bulk;
import io.pgscim.ingest.deferred.Deferred;
import io.pgscim.ingest.directory.Ids;
import io.pgscim.ingest.discovery.Catalog;
import io.pgscim.ingest.discovery.Discovery;
import io.pgscim.ingest.observe.Requests;
import io.pgscim.ingest.resources.Answer;
import io.pgscim.ingest.resources.Call;
import io.pgscim.ingest.resources.Listing;
import io.pgscim.ingest.resources.Resources;
import io.pgscim.ingest.resources.SearchRequest;
import io.pgscim.ingest.resources.Write;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.json.StrictJson;
import io.pgscim.scim.schema.BuiltIn;
import io.pgscim.scim.schema.ResourceType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
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
  private final Listing listing;
  private final Bulk bulk;
  private final Deferred deferred;
  private final Bodies bodies;
  private final Requests requests;

  public ScimRoutes(
      Vertx vertx,
      IngestConfig config,
      Sources sources,
      Gate gate,
      Refusals refusals,
      Catalog catalog,
      Discovery discovery,
      Resources resources,
      Listing listing,
      Bulk bulk,
      Deferred deferred,
      Bodies bodies,
      Requests requests) {
    this.vertx = vertx;
    this.config = config;
    this.sources = sources;
    this.gate = gate;
    this.refusals = refusals;
    this.catalog = catalog;
    this.discovery = discovery;
    this.resources = resources;
    this.listing = listing;
    this.bulk = bulk;
    this.deferred = deferred;
    this.bodies = bodies;
    this.requests = requests;
  }

  void mount(@Observes Router router) {
    router
        .route()
        .order(Integer.MIN_VALUE)
        .handler(HeadWatch::arrived)
        .handler(Framing::enter)
        .failureHandler(Framing::fail);
    router.route("/scim/*").order(ORDER).handler(this::handle).failureHandler(this::malformed);
  }

  /** What the router itself does not let pass. */
  private void malformed(RoutingContext context) {
    new Exchange(Source.DEFAULT, context, bodies, requests).malformed();
  }

  private void handle(RoutingContext context) {
    Source source = sources.at(context.normalizedPath());
    String address = Address.of(context.request());
    Exchange exchange = new Exchange(source, context, bodies, requests);
    Future<Outcome> outcome = judge(source, address, context);
    if (outcome.succeeded()) {
      enter(outcome.result(), exchange, address, context);
      return;
    }
    context.request().pause();
    outcome
        .onSuccess(judged -> enter(judged, exchange, address, context))
        // To call a token unknown would tell its owner that it was taken away.
        .onFailure(exchange::fail)
        .onComplete(done -> context.request().resume());
  }

  private Future<Outcome> judge(Source source, String address, RoutingContext context) {
    List<String> authorization = context.request().headers().getAll(HttpHeaders.AUTHORIZATION);
    HttpMethod method = context.request().method();
    boolean open =
        authorization.isEmpty()
            && (method == HttpMethod.GET || method == HttpMethod.HEAD)
            && context.normalizedPath().equals(source.path() + Endpoint.CONFIG);
    return open
        ? Future.succeededFuture(gate.judgeAnyone(source.name(), address))
        : gate.judge(source.name(), address, authorization);
  }

  private void enter(Outcome outcome, Exchange exchange, String address, RoutingContext context) {
    try {
      switch (outcome) {
        case Outcome.TurnedAway(String reason) -> exchange.turnAway(reason);
        case Outcome.Ambiguous several ->
            exchange.fail(Framing.malformed("the request has more than one Authorization"));
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

  /** What the path names, and what the method does there. */
  private void dispatch(Exchange exchange, Call call, RoutingContext context) {
    HttpMethod method = context.request().method();
    HttpMethod verb = method == HttpMethod.HEAD ? HttpMethod.GET : method;
    List<String> path = below(call.source(), context.normalizedPath());
    Endpoint endpoint = path == null ? new Endpoint.Unknown() : Endpoint.of(path, catalog);
    exchange.at(endpoint);
    switch (endpoint) {
      case Endpoint.Root at -> root(exchange, call, verb);
      case Endpoint.Collection at -> collection(exchange, call, at, verb);
      case Endpoint.Search at -> search(exchange, call, at, verb);
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
      case Endpoint.Bulk at -> bulk(exchange, call, verb);
      case Endpoint.Transaction(String txn) -> transaction(exchange, call, txn, verb);
      case Endpoint.Me at -> me(exchange, call, verb);
      case Endpoint.Unknown at -> exchange.fail(ScimException.of(404, "there is no such endpoint"));
    }
  }

  private void root(Exchange exchange, Call call, HttpMethod method) {
    if (method == HttpMethod.GET) {
      finish(exchange, listing.list(call, catalog.types()));
    } else {
      exchange.refuseMethod("GET");
    }
  }

  private void search(Exchange exchange, Call call, Endpoint.Search at, HttpMethod method) {
    if (method == HttpMethod.POST) {
      withBody(
          exchange, body -> listing.list(call.with(SearchRequest.parameters(body)), at.types()));
    } else {
      exchange.refuseMethod("POST");
    }
  }

  private void collection(Exchange exchange, Call call, Endpoint.Collection at, HttpMethod method) {
    switch (method.name()) {
      case "GET" -> finish(exchange, listing.list(call, List.of(at.type())));
      case "POST" -> write(exchange, call, at.type(), null, at.type());
      default -> exchange.refuseMethod("GET, POST");
    }
  }

  private void single(Exchange exchange, Call call, Endpoint.Single at, HttpMethod method) {
    switch (method.name()) {
      case "GET" -> finish(exchange, resources.read(call, at.type(), at.id()));
      case "PUT" -> write(exchange, call, at.type(), at.id(), at.type());
      case "PATCH" -> write(exchange, call, at.type(), at.id(), null);
      case "DELETE" -> finish(exchange, perform(exchange, call, at.type(), at.id(), null));
      default -> exchange.refuseMethod("GET, PUT, PATCH, DELETE");
    }
  }

  /**
   * @param represented the type of the body when it is a whole resource, else null
   */
  private void write(
      Exchange exchange, Call call, ResourceType type, String id, ResourceType represented) {
    withBody(exchange, represented, body -> perform(exchange, call, type, id, body));
  }

  /** Does it now, or later where the client would rather not wait (RFC 9967 §2.5.1.1). */
  private Future<Answer> perform(
      Exchange exchange, Call call, ResourceType type, String id, ObjectNode body) {
    String method = exchange.request().method().name();
    Preference preference = exchange.preference();
    // What cannot be there need not wait to be looked for.
    boolean impossible = id != null && Ids.parse(id) == null;
    if (!preference.async() || impossible) {
      return resources.write(call, Write.of(method, type, id, body));
    }
    String path = type.endpoint() + (id == null ? "" : "/" + id);
    return deferred.accept(call, method, path, body, preference.patience());
  }

  private void bulk(Exchange exchange, Call call, HttpMethod method) {
    if (method == HttpMethod.POST) {
      withBody(exchange, body -> bulk(exchange, call, body));
    } else {
      exchange.refuseMethod("POST");
    }
  }

  private Future<Answer> bulk(Exchange exchange, Call call, ObjectNode body) {
    exchange.countAs(bulk.operations(body));
    Preference preference = exchange.preference();
    if (!preference.async()) {
      return bulk.run(call, body);
    }
    return deferred.accept(call, "POST", "/Bulk", body, preference.patience());
  }

  private void transaction(Exchange exchange, Call call, String txn, HttpMethod method) {
    if (method == HttpMethod.GET) {
      finish(exchange, deferred.completion(call, txn));
    } else {
      exchange.refuseMethod("GET");
    }
  }

  /** Served directly, under the user's own location (§3.11); nobody is created this way. */
  private void me(Exchange exchange, Call call, HttpMethod method) {
    if (method == HttpMethod.POST) {
      exchange.fail(ScimException.of(501, "/Me creates nobody: POST to /Users"));
    } else if (call.me() == null) {
      exchange.fail(ScimException.of(404, "this client stands for no user: there is no /Me"));
    } else {
      Endpoint.Single user = new Endpoint.Single(BuiltIn.USER, call.me().toString());
      exchange.locate(call.baseUrl() + user.type().endpoint() + "/" + user.id());
      single(exchange, call, user, method);
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
