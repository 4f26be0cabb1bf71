package io.pgscim.applier;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** {@code /q/health/ready}: whether the applier writes or stands by, and what it waits for. */
@Readiness
@ApplicationScoped
class ApplierHealth implements HealthCheck {
  private final ApplierService service;

  ApplierHealth(ApplierService service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    Standing standing = service.applier().standing();
    var response =
        HealthCheckResponse.named("role-applier")
            .status(standing.ready())
            .withData("state", standing.state().name().toLowerCase(Locale.ROOT));
    for (int i = 0; i < standing.details().size(); i++) {
      response.withData("detail-" + (i + 1), standing.details().get(i));
    }
    return response.build();
  }
}
