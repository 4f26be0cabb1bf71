package io.pgscim.ingest.cursor;

import io.pgscim.ingest.IngestConfig;
import io.pgscim.ingest.directory.Query.Position;
import io.pgscim.scim.ScimException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Gives cursors out and takes them back. Their key is the directory's, so that every instance reads
 * the cursors of every other, also after a restart.
 */
@ApplicationScoped
public class Cursors {
  private final Pool pool;
  private final Duration timeout;
  private volatile CursorSeal seal;

  public Cursors(Pool pool, IngestConfig config) {
    this.pool = pool;
    this.timeout = config.limits().cursorTimeout();
  }

  /**
   * The cursor that the text spells, if it was given out for this query and is not too old.
   *
   * @param query all that the query consists of but cursor and count
   * @return fails with a {@link ScimException} 400 invalidCursor or expiredCursor
   */
  public Future<Cursor> open(String text, List<String> query) {
    return ready().map(ready -> ready.open(text, query));
  }

  /** A cursor at a position, for the query. */
  public Future<String> at(
      Position position, boolean backwards, int count, long total, List<String> query) {
    Instant expires = Instant.now().plus(timeout).plusSeconds(1);
    Cursor cursor = new Cursor(position, backwards, count, total, expires);
    return ready().map(ready -> ready.seal(cursor, query));
  }

  /** Reads the key once; the migration made it. */
  private Future<CursorSeal> ready() {
    CursorSeal known = seal;
    if (known != null) {
      return Future.succeededFuture(known);
    }
    return pool.query("SELECT key FROM scim.cursor_key")
        .execute()
        .map(
            rows -> {
              byte[] key = rows.iterator().next().getBuffer("key").getBytes();
              seal = new CursorSeal(key, Clock.systemUTC());
              return seal;
            });
  }
}
