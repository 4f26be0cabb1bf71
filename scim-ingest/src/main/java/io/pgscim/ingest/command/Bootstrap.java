package io.pgscim.ingest.command;

import io.pgscim.events.Cause;
import io.pgscim.events.Envelope;
import io.pgscim.ingest.Source;
import io.pgscim.ingest.clients.Client;
import io.pgscim.ingest.clients.ClientRows;
import io.pgscim.ingest.clients.Clients;
import io.pgscim.ingest.clients.Kind;
import io.pgscim.ingest.clients.Secret;
import io.pgscim.ingest.clients.SecurityLog;
import io.pgscim.ingest.command.Admin.Failure;
import io.pgscim.ingest.directory.Ids;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.Config;
import picocli.CommandLine.Command;

/** Makes the first administrator and the first client, once. */
@Command(
    name = "bootstrap",
    description = {
      "Makes the first administrator, and the first client of the default source, and prints their tokens. They"
          + " are shown once, and stored nowhere.",
      "Works once: when there is an administrator, it refuses. The service must have been started once before, so"
          + " that its tables exist."
    })
final class Bootstrap implements Runnable {
  private static final String FIRST = "first";
  private static final int PATIENCE_SECONDS = 30;

  private record Tokens(Secret.Issued admin, Secret.Issued scim) {}

  @Override
  public void run() {
    Tokens tokens = made();
    System.err.println("These are shown once:");
    System.out.println("ADMIN_TOKEN=" + tokens.admin().text());
    if (tokens.scim() != null) {
      System.out.println("SCIM_TOKEN=" + tokens.scim().text());
    }
  }

  private static Tokens made() {
    Vertx vertx = Vertx.vertx();
    try {
      Pool pool = pool(vertx);
      return pool.withTransaction(Bootstrap::make)
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw explained(e.getCause());
    } catch (TimeoutException e) {
      throw new Failure("the directory's database does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted");
    } finally {
      vertx.close();
    }
  }

  private static Pool pool(Vertx vertx) {
    Config config = Settings.read();
    PgConnectOptions options =
        PgConnectOptions.fromUri(config.getValue("pgscim.directory.url", String.class))
            .setUser(config.getValue("pgscim.directory.username", String.class));
    config
        .getOptionalValue("pgscim.directory.password", String.class)
        .ifPresent(options::setPassword);
    return PgBuilder.pool()
        .connectingTo(options)
        .with(new PoolOptions().setMaxSize(1))
        .using(vertx)
        .build();
  }

  /**
   * The version row is locked first: of two that bootstrap at the same time one finds the other.
   */
  private static Future<Tokens> make(SqlConnection tx) {
    return ClientRows.raiseVersion(tx)
        .compose(
            done ->
                tx.preparedQuery(
                        "SELECT 1 FROM scim.client WHERE source = $1 AND deleted IS NULL LIMIT 1")
                    .execute(Tuple.of(Client.ADMIN)))
        .compose(
            rows ->
                rows.size() > 0
                    ? Future.failedFuture(
                        new Failure(
                            "there is an administrator already; clients are made with its token"))
                    : client(tx, Client.ADMIN))
        .compose(admin -> client(tx, Source.DEFAULT.name()).map(scim -> new Tokens(admin, scim)));
  }

  /** Null when the name is taken, which for the default source somebody may have done before. */
  private static Future<Secret.Issued> client(SqlConnection tx, String source) {
    Cause cause = new Cause(Ids.next().toString(), "bootstrap", Instant.now(), null);
    return ClientRows.insert(tx, source, FIRST, null, cause.actor())
        .compose(
            client ->
                client == null
                    ? Future.succeededFuture()
                    : ClientRows.insert(tx, client, Kind.TOKEN, null, cause.actor())
                        .compose(
                            issued ->
                                SecurityLog.insert(
                                        tx,
                                        List.of(
                                            Envelope.of(
                                                "/" + SecurityLog.REPORTER,
                                                Instant.now(),
                                                cause,
                                                Clients.issued(client, issued.secret()))))
                                    .map(issued)));
  }

  private static Failure explained(Throwable cause) {
    if (cause instanceof Failure failure) {
      return failure;
    }
    if (cause instanceof PgException refused) {
      boolean noTables =
          "42P01".equals(refused.getSqlState()) || "3F000".equals(refused.getSqlState());
      return new Failure(
          noTables
              ? "the directory has no tables yet; start scim-ingest once, then come back"
              : "the directory's database refused, SQLSTATE " + refused.getSqlState());
    }
    return new Failure(
        "the directory's database cannot be reached; PGSCIM_DIRECTORY_URL says where it is");
  }
}
