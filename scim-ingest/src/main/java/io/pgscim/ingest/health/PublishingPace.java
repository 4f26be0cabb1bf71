package io.pgscim.ingest.health;

import io.pgscim.ingest.IngestConfig;
import io.pgscim.ingest.publish.Relay;
import io.pgscim.messaging.Backlog;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.api.Wellness;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Down, with the reason, when somebody should look: events wait for too long, or the broker refuses
 * one. Not a matter of readiness, because pushes are taken all the same.
 */
@Wellness
@ApplicationScoped
class PublishingPace implements AsyncHealthCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Relay relay;
  private final Duration lateAfter;

  PublishingPace(Relay relay, IngestConfig config) {
    this.relay = relay;
    this.lateAfter = config.publishing().lateAfter();
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return relay
        .backlog()
        .map(this::judge)
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .onFailure()
        .recoverWithItem(failure -> response("what waits is unknown: no answer from the database"));
  }

  private HealthCheckResponse judge(Backlog backlog) {
    if (relay.heldBack() > 0) {
      return response(
          "the broker refuses a record of "
              + relay.heldBack()
              + " keys; see the log for their ids");
    }
    if (backlog.oldest().compareTo(lateAfter) > 0) {
      return response(
          "the oldest of "
              + backlog.rows()
              + " events has waited "
              + backlog.oldest().toSeconds()
              + " s for the broker");
    }
    return response(null);
  }

  private static HealthCheckResponse response(String reason) {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("publishing pace");
    return reason == null
        ? response.up().build()
        : response.down().withData("reason", reason).build();
  }
}
