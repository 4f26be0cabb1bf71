package io.pgscim.ingest.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Pushes can be taken when the directory's database answers. */
@Readiness
@ApplicationScoped
class DirectoryReadiness implements AsyncHealthCheck {
  private static final String NAME = "directory";
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Pool pool;

  DirectoryReadiness(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return pool.query("SELECT 1")
        .execute()
        .map(rows -> HealthCheckResponse.up(NAME))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .onFailure()
        .recoverWithItem(
            failure ->
                HealthCheckResponse.named(NAME)
                    .down()
                    .withData("reason", "the directory's database does not answer")
                    .build());
  }
}
