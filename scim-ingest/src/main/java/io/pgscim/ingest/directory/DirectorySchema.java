package io.pgscim.ingest.directory;

import io.pgscim.ingest.discovery.Catalog;
import io.pgscim.ingest.logging.Key;
import io.pgscim.ingest.logging.Log;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import org.flywaydb.core.Flyway;

/**
 * Brings the directory's schema, and what is indexed in it, up to date: before the first request
 * when its database answers, in the background otherwise, so that the service can say what it waits
 * for and be stopped.
 */
@ApplicationScoped
public class DirectorySchema {
  private static final Log LOG = Log.of(DirectorySchema.class);

  /** The priority at which it starts; whoever reads the directory then comes after. */
  public static final int FIRST = 100;

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Flyway flyway;
  private final Reindexing reindexing;
  private final Catalog catalog;
  private volatile boolean current;
  private volatile Thread waiting;

  public DirectorySchema(Flyway flyway, Reindexing reindexing, Catalog catalog) {
    this.flyway = flyway;
    this.reindexing = reindexing;
    this.catalog = catalog;
  }

  /** Whether the schema is there as this version needs it. */
  public boolean current() {
    return current;
  }

  /** Ahead of whoever reads the directory when it starts. */
  void start(@Observes @Priority(FIRST) StartupEvent event) {
    if (!migrated()) {
      LOG.warn("waiting for the directory's database", Key.EVERY.is(RETRY));
      waiting = Thread.ofVirtual().name("directory-schema").start(this::keepTrying);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    Thread thread = waiting;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void keepTrying() {
    try {
      do {
        Thread.sleep(RETRY);
      } while (!migrated());
      LOG.info("directory ready");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("the directory's schema cannot be brought up to date", e);
      Quarkus.asyncExit(1);
    }
  }

  /** False when the database is away; whatever else is wrong is not made better by waiting. */
  private boolean migrated() {
    try {
      flyway.migrate();
      reindexing.follow(catalog.types());
      current = true;
      return true;
    } catch (RuntimeException e) {
      if (isAway(e)) {
        return false;
      }
      // What is stored does not fit the schemas any more: told in one line, without a stack.
      throw e instanceof IllegalStateException ? new ConfigurationException(e.getMessage()) : e;
    }
  }

  private static boolean isAway(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientException) {
        return true;
      }
      if (cause instanceof SQLException refused) {
        String state = refused.getSQLState();
        // A pool that waited in vain for a connection gives no state.
        return state == null
            || state.startsWith("08")
            || state.startsWith("57P")
            || state.startsWith("53");
      }
    }
    return false;
  }
}
