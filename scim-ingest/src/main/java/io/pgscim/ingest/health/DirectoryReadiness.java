package io.pgscim.ingest.health;

import io.pgscim.ingest.directory.DirectorySchema;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Pushes can be taken when the directory's database answers and holds the schema. */
@Readiness
@ApplicationScoped
class DirectoryReadiness implements AsyncHealthCheck {
  private static final String NAME = "directory";
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Pool pool;
  private final DirectorySchema schema;

  DirectoryReadiness(Pool pool, DirectorySchema schema) {
    this.pool = pool;
    this.schema = schema;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return pool.query("SELECT 1")
        .execute()
        .map(
            rows ->
                schema.current()
                    ? HealthCheckResponse.up(NAME)
                    : down("the directory's schema is being brought up to date"))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .onFailure()
        .recoverWithItem(failure -> down("the directory's database does not answer"));
  }

  private static HealthCheckResponse down(String reason) {
    return HealthCheckResponse.named(NAME).down().withData("reason", reason).build();
  }
}
