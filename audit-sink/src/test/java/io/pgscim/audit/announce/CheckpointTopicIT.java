package io.pgscim.audit.announce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pgscim.audit.Producing;
import io.pgscim.audit.Samples;
import io.pgscim.audit.Sink;
import io.pgscim.audit.anchor.AnchorDatabase;
import io.pgscim.audit.tlog.SignedCheckpoint;
import io.pgscim.audit.tlog.VerifierKey;
import io.pgscim.events.Topic;
import io.pgscim.messaging.Topics;
import io.pgscim.parts.Broker;
import io.pgscim.parts.RealParts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service with all that a checkpoint needs: database, broker, disk. */
class CheckpointTopicIT {
  private final Broker broker = RealParts.broker();
  private final String group = UUID.randomUUID().toString();
  @TempDir Path folder;

  @Test
  void eachPublishedCheckpointIsToldAtMostOneASecondAndTheLatestAlways() throws Exception {
    try (var database = new AnchorDatabase();
        var sink = sink(database);
        var producer = new Producing(broker.bootstrapServers())) {
      Topics.create(
          Map.of("bootstrap.servers", broker.bootstrapServers()), List.of(Topic.values()));
      sink.start();
      sink.awaitReady();
      long start = System.nanoTime();
      for (int i = 0; i < 30; i++) {
        producer.send(Samples.added(group, i)).get();
        Thread.sleep(100);
      }
      Sink.await("the last", this::told, notes -> notes.contains(checkpoint(sink)));
      long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();

      List<String> notes = told();
      assertThat(notes).hasSizeBetween(2, (int) seconds + 3);
      var keys = VerifierKey.parseAll(sink.get("/vkey").body());
      long size = -1;
      for (String note : notes) {
        SignedCheckpoint signed = SignedCheckpoint.open(note, keys);
        assertThat(signed.time()).isPresent();
        assertThat(signed.checkpoint().size()).isGreaterThanOrEqualTo(size);
        size = signed.checkpoint().size();
      }
    }
  }

  @Test
  void whileBrokerOrDatabaseIsAwayTheRestGoesOnAndReadinessSaysWhy() throws Exception {
    try (var database = new AnchorDatabase();
        var sink = sink(database).with("PGSCIM_AUDIT_HEARTBEAT", "3s");
        var producer = new Producing(broker.bootstrapServers())) {
      sink.start();
      sink.awaitReady();
      assertThat(sink.get("/q/health/ready").body()).contains("\"anchor\": \"postgresql\"");

      broker.kill();
      String before = checkpoint(sink);
      // A heartbeat comes every three seconds here, whoever is away.
      Sink.await("a heartbeat", () -> checkpoint(sink), now -> !now.equals(before));
      broker.start();
      Sink.await("the latest", this::told, notes -> notes.contains(checkpoint(sink)));

      database.server.stop();
      try {
        JsonNode down =
            Sink.await(
                "the reason",
                () -> sink.json("/q/health/ready"),
                health -> health.toString().contains("the anchor at "));
        assertThat(down.path("status").asText()).isEqualTo("DOWN");
        producer.send(Samples.added(group, 1)).get();
        Sink.await(
            "the entry",
            () -> sink.json("/entries?group=" + group),
            page -> page.path("entries").size() == 1);
      } finally {
        database.server.start();
      }
      sink.awaitReady();
      Sink.await(
          "a checkpoint of every entry",
          () -> checkpoint(sink),
          note -> note.lines().skip(1).findFirst().orElse("").equals(size(sink)));
    }
  }

  private static String size(Sink sink) {
    try {
      return sink.json("/entries?limit=1").path("size").asText();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Sink sink(AnchorDatabase database) throws Exception {
    return new Sink(folder, broker.bootstrapServers())
        .with("PGSCIM_AUDIT_ANCHOR_URL", database.server.url(database.name));
  }

  private static String checkpoint(Sink sink) {
    try {
      return sink.get("/checkpoint").body();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** All checkpoints of this log on the topic. */
  private List<String> told() {
    Map<String, Object> config =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest");
    var partition = new TopicPartition(Topic.AUDIT_CHECKPOINTS.topicName, 0);
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      List<String> notes = new ArrayList<>();
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (("test/" + folder.getFileName()).equals(record.key())) {
            notes.add(new String(record.value(), StandardCharsets.UTF_8));
          }
        }
      }
      return notes;
    }
  }
}
