package io.pgscim.audit.anchor;

import io.pgscim.parts.Database;
import io.pgscim.parts.RealParts;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A database of its own, prepared as an operator does, and entered with the least privilege. */
public final class AnchorDatabase implements AutoCloseable {
  public final Database server = RealParts.database();
  public final String name = "audit_" + UUID.randomUUID().toString().replace("-", "");
  private final Map<String, Anchor> anchors = new HashMap<>();
  private final Vertx vertx = Vertx.vertx();

  public AnchorDatabase() throws Exception {
    server.createDatabase(name);
    String setup = Files.readString(Path.of("../deploy/postgres/audit.sql"));
    administer(setup);
    administer(setup);
  }

  /** The anchor of a log, by one connection for all who ask. */
  public Anchor anchor(String origin) {
    return anchors.computeIfAbsent(
        origin,
        log -> new PostgresAnchor(vertx, server.url(name), "pgscim_audit", Optional.empty(), log));
  }

  /** Runs statements as the database's administrator. */
  public void administer(String sql) throws Exception {
    run(server.superuser(), sql);
  }

  /** Runs statements with the login of the sink. */
  public void runAsSink(String sql) throws Exception {
    run("pgscim_audit", sql);
  }

  private void run(String login, String sql) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:" + server.url(name), login, "");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }
}
