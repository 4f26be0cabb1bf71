package io.pgscim.ingest.admin;

import io.pgscim.events.Cause;
import io.pgscim.ingest.access.Address;
import io.pgscim.ingest.access.Gate;
import io.pgscim.ingest.access.Outcome;
import io.pgscim.ingest.clients.Client;
import io.pgscim.ingest.directory.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets administrators in, before anything else is said about what is below {@code /admin}. */
public class AdminGate {
  private static final String CAUSE = "pgscim.cause";

  private final Gate gate;

  AdminGate(Gate gate) {
    this.gate = gate;
  }

  /** Null lets the request pass. */
  @ServerRequestFilter(preMatching = true)
  public Uni<Response> enter(ContainerRequestContext context, HttpServerRequest request) {
    String path = context.getUriInfo().getPath();
    if (!path.equals("/admin") && !path.startsWith("/admin/")) {
      return Uni.createFrom().nullItem();
    }
    return Uni.createFrom()
        .completionStage(
            () ->
                gate.judge(
                        Client.ADMIN,
                        Address.of(request),
                        request.headers().getAll(HttpHeaders.AUTHORIZATION))
                    .map(outcome -> answer(outcome, context))
                    .toCompletionStage());
  }

  /** What set off what this request does. */
  static Cause cause(ContainerRequestContext context) {
    return (Cause) context.getProperty(CAUSE);
  }

  private static Response answer(Outcome outcome, ContainerRequestContext context) {
    return switch (outcome) {
      case Outcome.Admitted admitted -> {
        context.setProperty(
            CAUSE, new Cause(Ids.next().toString(), admitted.actor(), Instant.now(), null));
        yield null;
      }
      case Outcome.TurnedAway away -> {
        Response problem = Problem.answer(401, "a bearer token of an administrator is needed");
        yield Response.fromResponse(problem)
            .header("WWW-Authenticate", "Bearer realm=\"admin\"")
            .build();
      }
      case Outcome.Ambiguous several ->
          Problem.answer(400, "one Authorization header, not several");
      case Outcome.Outside outside -> Problem.answer(403, "this address may not be used");
      case Outcome.TooMany(int retryAfter) ->
          Response.fromResponse(Problem.answer(429, "too many requests"))
              .header("Retry-After", retryAfter)
              .build();
    };
  }
}
