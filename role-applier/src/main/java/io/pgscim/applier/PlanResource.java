package io.pgscim.applier;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/** {@code GET /plan}: what a reconciliation of everything would do now. It changes nothing. */
@Path("/plan")
class PlanResource {
  private final ApplierService service;

  PlanResource(ApplierService service) {
    this.service = service;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  public Response plan() {
    Optional<PlanView> plan = service.applier().plan();
    return plan.isPresent()
        ? Response.ok(plan.get()).build()
        : Response.status(Response.Status.SERVICE_UNAVAILABLE)
            .entity(Map.of("detail", "there is no plan: " + service.applier().standing()))
            .build();
  }
}
