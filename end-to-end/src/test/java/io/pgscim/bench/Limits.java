package io.pgscim.bench;

import io.pgscim.endtoend.Cluster;
import io.pgscim.endtoend.Pushes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What each stage costs at the least on this machine, by the plainest client there is. Medians in
 * milliseconds.
 */
final class Limits {
  private static final int WARM_UP = 200;
  private static final int ROUNDS = 400;
  private static final byte[] EVENT = new byte[400];

  private final Pushes pushes;

  Limits(Pushes pushes) {
    this.pushes = pushes;
  }

  private interface Step {
    void run(int round) throws Exception;
  }

  double httpEcho() throws Exception {
    var scim = pushes.stack().scim();
    return median(round -> scim.send("GET", "/ServiceProviderConfig", null));
  }

  /**
   * One row changed and one row added, as a membership push does it, in one round trip and one
   * commit.
   */
  double directoryCommit() throws Exception {
    return committing(
        pushes.stack().cluster().in("directory"),
        """
        CREATE TABLE bench.directory (id int PRIMARY KEY, version bigint);
        CREATE TABLE bench.outbox (position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payload bytea);
        INSERT INTO bench.directory VALUES (1, 1)
        """,
        round ->
            "BEGIN; UPDATE bench.directory SET version = version + 1 WHERE id = 1;"
                + "INSERT INTO bench.outbox (payload) VALUES (repeat('x', 400)::bytea); COMMIT");
  }

  /** A ledger row, one GRANT and an outbox row in one round trip and one commit. */
  double grantCommit() throws Exception {
    StringBuilder roles = new StringBuilder();
    for (int i = 0; i < WARM_UP + ROUNDS; i++) {
      roles.append("CREATE ROLE bench_").append(i).append(';');
    }
    return committing(
        pushes.stack().cluster().in("pgscim"),
        roles
            + """
            CREATE ROLE bench_access;
            CREATE TABLE bench.ledger (key int PRIMARY KEY, version bigint);
            CREATE TABLE bench.outbox (position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payload bytea)
            """,
        round ->
            "BEGIN; INSERT INTO bench.ledger VALUES (%1$d, 1); GRANT bench_access TO bench_%1$d;"
                    .formatted(round)
                + "INSERT INTO bench.outbox (payload) VALUES (repeat('x', 400)::bytea); COMMIT");
  }

  private interface Sql {
    String of(int round);
  }

  private static double committing(Cluster cluster, String setUp, Sql sql) throws Exception {
    try (Connection connection = cluster.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA bench; " + setUp);
      return median(round -> execute(statement, sql.of(round)));
    }
  }

  private static void execute(Statement statement, String sql) throws SQLException {
    statement.execute(sql);
  }

  /** Produced with {@code acks=all} until it comes out of a consumer. */
  double kafkaRoundTrip() throws Exception {
    Map<String, Object> broker =
        Map.of("bootstrap.servers", pushes.stack().topics().bootstrapServers());
    try (Admin admin = Admin.create(broker)) {
      admin
          .createTopics(List.of(new NewTopic("bench", 1, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
    var partition = new TopicPartition("bench", 0);
    try (var producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.get("bootstrap.servers"), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        var consumer =
            new KafkaConsumer<>(broker, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      return median(
          round -> {
            producer.send(new ProducerRecord<>("bench", EVENT));
            while (consumer.poll(Duration.ofSeconds(5)).isEmpty()) {
              // Waits for the record.
            }
          });
    }
  }

  private static double median(Step step) throws Exception {
    Latencies latencies = new Latencies();
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
      long began = System.nanoTime();
      step.run(round);
      if (round >= WARM_UP) {
        latencies.add(Duration.ofNanos(System.nanoTime() - began));
      }
    }
    return latencies.median();
  }
}
