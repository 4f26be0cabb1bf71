package io.pgscim.ingest.health;

import io.pgscim.ingest.publish.Relay;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * What the relay is at and what waits for it. Never down: while Kafka is away pushes are taken all
 * the same, and to stop taking them would help nobody.
 */
@Readiness
@ApplicationScoped
class PublishingState implements AsyncHealthCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Relay relay;

  PublishingState(Relay relay) {
    this.relay = relay;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    HealthCheckResponseBuilder state =
        HealthCheckResponse.named("publishing").up().withData("relay", relay.state());
    return relay
        .backlog()
        .map(
            backlog ->
                state
                    .withData("waiting", backlog.rows())
                    .withData("oldestMillis", backlog.oldest().toMillis())
                    .build())
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .onFailure()
        .recoverWithItem(failure -> state.withData("waiting", "unknown").build());
  }
}
