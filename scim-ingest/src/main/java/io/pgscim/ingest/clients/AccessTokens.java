package io.pgscim.ingest.clients;

import io.pgscim.ingest.IngestConfig;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/** Exchanges a client secret for a short-lived token (RFC 6749 §4.4). */
@ApplicationScoped
public class AccessTokens {
  private static final String INSERT = ClientRows.sql("insert-access-token");

  /** Tokens of one secret; a client needs one an hour. */
  private static final int MOST = 100;

  private final Pool pool;
  private final KnownSecrets known;
  private final Duration lifetime;

  public AccessTokens(Pool pool, KnownSecrets known, IngestConfig config) {
    this.pool = pool;
    this.known = known;
    this.lifetime = config.access().accessTokenLifetime();
  }

  /** How long one is valid. */
  public Duration lifetime() {
    return lifetime;
  }

  /** A new token for the client whose secret it is; it ends with that secret. */
  public Future<String> issue(Credential secret) {
    String text = SecretText.next();
    Tuple row =
        Tuple.of(
            Buffer.buffer(SecretText.hash(text)),
            secret.secret(),
            ClientRows.at(Instant.now().plus(lifetime)),
            MOST - 1);
    return pool.preparedQuery(INSERT).execute(row).compose(done -> known.readAgain()).map(text);
  }
}
