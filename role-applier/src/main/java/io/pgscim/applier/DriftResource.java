package io.pgscim.applier;

import io.pgscim.applier.drift.DriftDocument;
import io.pgscim.applier.drift.DriftReport;
import io.pgscim.applier.drift.DriftReports;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /drift}: the last report of what the cluster has past its policy (GET, as JSON or as a
 * readable page), and a new one (POST), healing what pgscim can heal when asked to.
 */
@Path("/drift")
@RunOnVirtualThread
class DriftResource {
  private static final String MARKDOWN = "text/markdown;charset=UTF-8";
  private static final String NOBODY = "anybody";

  private final ApplierService service;
  private final Admins admins;

  DriftResource(ApplierService service, Admins admins) {
    this.service = service;
    this.admins = admins;
  }

  @GET
  @Produces({MediaType.APPLICATION_JSON, MARKDOWN})
  public Response report(@Context HttpHeaders headers) {
    Optional<DriftReport> report = service.applier().ask(DriftReports::latest);
    if (report.isEmpty()) {
      return problem(Status.NOT_FOUND, "there is no report yet; POST /drift asks for one");
    }
    MediaType wanted = headers.getAcceptableMediaTypes().getFirst();
    return wanted.getSubtype().equals("markdown")
        ? Response.ok(DriftDocument.of(report.get()), MARKDOWN).build()
        : Response.ok(report.get(), MediaType.APPLICATION_JSON).build();
  }

  @POST
  @Produces(MediaType.APPLICATION_JSON)
  public Response compare(
      @QueryParam("heal") @DefaultValue("false") boolean heal, @Context SecurityContext who) {
    if (heal && admins.none()) {
      return problem(
          Status.FORBIDDEN,
          "nobody may heal yet: set pgscim.admin.token-sha256.<name> to the SHA-256 of a token and"
              + " send the token as Authorization: Bearer");
    }
    String by = "admin/" + (admins.none() ? NOBODY : who.getUserPrincipal().getName());
    return switch (service.applier().compare(by, heal)) {
      case Comparison.Begun(String txn) ->
          Response.accepted(Map.of("txn", txn, "healing", heal)).build();
      case Comparison.Busy busy ->
          problem(Status.CONFLICT, "a comparison is being made; its report will be at GET /drift");
      case Comparison.Observing observing ->
          problem(Status.CONFLICT, "no role is changed while the policy is only observed");
      case Comparison.Away(String reason) ->
          problem(Status.SERVICE_UNAVAILABLE, "the cluster does not answer: " + reason);
      case Comparison.NotTheWriter(Standing standing) ->
          problem(
              Status.SERVICE_UNAVAILABLE,
              "this process changes no role now, ask the one that does: " + standing);
    };
  }

  private static Response problem(Status status, String detail) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON)
        .entity(Map.of("detail", detail))
        .build();
  }
}
