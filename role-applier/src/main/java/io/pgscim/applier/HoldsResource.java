package io.pgscim.applier;

import io.pgscim.applier.cluster.ClusterUnavailable;
import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.guard.Hold;
import io.pgscim.applier.guard.Withheld;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.SecurityContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code /holds}: plans that wait for somebody to approve or reject them. */
@Path("/holds")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class HoldsResource {
  private static final int LISTED = 100;
  private static final int LARGEST_PAGE = 1000;
  private static final int LONGEST_REASON = 500;
  private static final long PATIENCE_SECONDS = 120;

  private final ApplierService service;
  private final Admins admins;

  HoldsResource(ApplierService service, Admins admins) {
    this.service = service;
    this.admins = admins;
  }

  /** Why it is decided so. */
  public record Given(String reason) {}

  @GET
  public Response list() {
    List<HoldView> holds =
        service.applier().ask(session -> Hold.latest(session, LISTED)).stream()
            .map(HoldView::of)
            .toList();
    return Response.ok(Map.of("holds", holds)).build();
  }

  @GET
  @Path("/{digest}")
  public Response hold(
      @PathParam("digest") String digest,
      @QueryParam("after") @DefaultValue("") String after,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    if (limit < 1 || limit > LARGEST_PAGE) {
      return problem(Status.BAD_REQUEST, "limit is 1 to " + LARGEST_PAGE);
    }
    Optional<HoldView> page = service.applier().ask(session -> page(session, digest, after, limit));
    return page.isPresent() ? Response.ok(page.get()).build() : unknown(digest);
  }

  @POST
  @Path("/{digest}/approve")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response approve(
      @PathParam("digest") String digest, Given given, @Context SecurityContext who) {
    return decide(given, who, (desk, by, reason) -> desk.approve(digest, by, reason));
  }

  @POST
  @Path("/{digest}/reject")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response reject(
      @PathParam("digest") String digest, Given given, @Context SecurityContext who) {
    return decide(given, who, (desk, by, reason) -> desk.reject(digest, by, reason));
  }

  private interface Deciding {
    Decision decide(HoldDesk desk, String by, String reason);
  }

  private Response decide(Given given, SecurityContext who, Deciding deciding) {
    if (admins.none()) {
      return problem(
          Status.FORBIDDEN,
          "nobody may decide yet: set pgscim.admin.token-sha256.<name> to the SHA-256 of a token"
              + " (printf %s \"$TOKEN\" | sha256sum) and send the token as Authorization: Bearer");
    }
    String reason = given == null || given.reason() == null ? "" : given.reason().strip();
    if (reason.isEmpty() || reason.length() > LONGEST_REASON || reason.indexOf('\0') >= 0) {
      return problem(
          Status.BAD_REQUEST,
          "say why: {\"reason\": \"…\"}, " + LONGEST_REASON + " characters at most");
    }
    String by = "admin/" + who.getUserPrincipal().getName();
    Optional<CompletableFuture<Decision>> asked =
        service.applier().decide(desk -> deciding.decide(desk, by, reason));
    return asked.isPresent() ? answer(asked.get()) : notTheWriter();
  }

  private Response answer(CompletableFuture<Decision> asked) {
    try {
      return answer(asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      return problem(
          Status.SERVICE_UNAVAILABLE, "not decided yet; look at GET /holds before asking again");
    } catch (ExecutionException e) {
      return e.getCause() instanceof ClusterUnavailable
          ? notTheWriter()
          : problem(
              Status.INTERNAL_SERVER_ERROR, "it failed; the log says why, nothing was changed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return problem(Status.SERVICE_UNAVAILABLE, "stopping");
    }
  }

  private static Response answer(Decision decision) {
    return switch (decision) {
      case Decision.Made made ->
          Response.ok(
                  Map.of(
                      "digest", made.digest(),
                      "people", made.people(),
                      "changes", made.changes()))
              .build();
      case Decision.Superseded(String digest, Optional<String> successor) -> {
        Map<String, String> body = new LinkedHashMap<>();
        body.put(
            "detail",
            successor.isPresent()
                ? "the plan is another one by now and nothing was done; look at its successor"
                : "the plan is another one by now, and small enough to need no approval");
        body.put("digest", digest);
        successor.ifPresent(other -> body.put("successor", other));
        yield Response.status(Status.CONFLICT).entity(body).build();
      }
      case Decision.Over(Hold hold) ->
          Response.status(Status.CONFLICT)
              .entity(
                  Map.of(
                      "detail",
                      "it is decided: " + HoldView.of(hold).state() + " by " + hold.decidedBy(),
                      "digest",
                      hold.digest()))
              .build();
      case Decision.Unknown(String digest) -> unknown(digest);
    };
  }

  private static Optional<HoldView> page(Session session, String digest, String after, int limit) {
    try (Transaction transaction = session.begin()) {
      return Hold.named(transaction, digest)
          .map(
              hold ->
                  HoldView.page(
                      hold, Withheld.partOf(transaction, hold.id(), after, limit), limit));
    }
  }

  private Response notTheWriter() {
    return problem(
        Status.SERVICE_UNAVAILABLE,
        "this process changes no role now, ask the one that does: " + service.applier().standing());
  }

  private static Response unknown(String digest) {
    return problem(Status.NOT_FOUND, "there is no hold " + digest);
  }

  private static Response problem(Status status, String detail) {
    return Response.status(status).entity(Map.of("detail", detail)).build();
  }
}
