package io.pgscim.ingest.health;

import io.pgscim.ingest.publish.Relay;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down when the relay ended and nothing but a restart brings it back. */
@Liveness
@ApplicationScoped
class RelayLiveness implements HealthCheck {
  private final Relay relay;

  RelayLiveness(Relay relay) {
    this.relay = relay;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("relay").status(relay.alive()).build();
  }
}
