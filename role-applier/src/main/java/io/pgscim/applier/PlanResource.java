package io.pgscim.applier;

import io.pgscim.applier.policy.Policy;
import io.pgscim.applier.policy.PolicyFile;
import io.pgscim.applier.policy.PolicyReading;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /plan}: what a reconciliation of everything would do now, under the policy in force (GET)
 * or under one that is sent (POST, YAML). It changes nothing.
 */
@Path("/plan")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class PlanResource {
  private final ApplierService service;

  PlanResource(ApplierService service) {
    this.service = service;
  }

  @GET
  public Response plan() {
    return plan(Optional.empty());
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  public Response plan(byte[] policy) {
    return switch (PolicyFile.read("policy", policy)) {
      case PolicyReading.Valid valid -> plan(Optional.of(valid.policy()));
      case PolicyReading.Invalid invalid ->
          Response.status(Response.Status.BAD_REQUEST)
              .entity(Map.of("detail", "that is no valid policy", "problems", invalid.problems()))
              .build();
    };
  }

  private Response plan(Optional<Policy> proposed) {
    Optional<PlanView> plan = service.applier().plan(proposed);
    return plan.isPresent()
        ? Response.ok(plan.get()).build()
        : Response.status(Response.Status.SERVICE_UNAVAILABLE)
            .entity(Map.of("detail", "there is no plan: " + service.applier().standing()))
            .build();
  }
}
