package io.pgscim.applier.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.parts.Database;
import io.pgscim.parts.RealParts;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionIT {
  private static final Duration LONG = Duration.ofSeconds(3);

  private Vertx vertx;
  private Session session;

  @BeforeEach
  void connect() {
    Database database = RealParts.database();
    vertx = Vertx.vertx();
    session =
        Session.open(
            vertx,
            PgConnectOptions.fromUri(database.url("postgres"))
                .setUser(database.superuser())
                .setPassword(""));
  }

  @AfterEach
  void disconnect() {
    session.close();
    vertx.closeAndAwait();
  }

  @Test
  void anAnswerDoesNotWaitForWhatWasSentBehindIt() {
    try (Transaction transaction = session.begin()) {
      CompletableFuture<RowSet<Row>> first = transaction.query("SELECT 1 AS one", Tuple.tuple());
      long sent = System.nanoTime();
      transaction.send("SELECT pg_sleep(" + LONG.toSeconds() + ")");

      assertThat(transaction.await(first).iterator().next().getInteger("one")).isOne();
      assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(LONG);
    }
  }

  @Test
  void anAnswerFailsForTheReasonOfWhatFailedBeforeIt() {
    try (Transaction transaction = session.begin()) {
      transaction.send("SELECT 1 / 0");
      CompletableFuture<RowSet<Row>> behind = transaction.query("SELECT 1", Tuple.tuple());
      transaction.send("SELECT nonsense");

      assertThatThrownBy(() -> transaction.await(behind))
          .isInstanceOfSatisfying(
              PgException.class, refused -> assertThat(refused.getSqlState()).isEqualTo("22012"));
    }
  }

  @Test
  void aFailureBehindTheLastAnswerFailsTheCommit() {
    session.run("CREATE TEMPORARY TABLE kept (value integer)");
    Transaction transaction = session.begin();
    transaction.send("INSERT INTO kept VALUES (1)");
    CompletableFuture<RowSet<Row>> answer =
        transaction.query("SELECT value FROM kept", Tuple.tuple());
    transaction.send("SELECT 1 / 0");
    assertThat(transaction.await(answer).size()).isOne();

    assertThatThrownBy(transaction::commit)
        .isInstanceOfSatisfying(
            PgException.class, refused -> assertThat(refused.getSqlState()).isEqualTo("22012"));
    assertThat(session.ask("SELECT value FROM kept").size()).isZero();
  }
}
