package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.Envelope;
import io.pgscim.events.Headers;
import io.pgscim.events.MalformedEvent;
import io.pgscim.events.Topic;
import io.pgscim.parts.RealParts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Everything on a topic, as a consumer sees it. */
public final class Events implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaConsumer<String, byte[]> consumer;
  private final List<Envelope> seen = new ArrayList<>();
  private final List<String> payloads = new ArrayList<>();
  private final Map<UUID, ConsumerRecord<String, byte[]>> records = new HashMap<>();

  public Events(Topic topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", RealParts.broker().bootstrapServers()),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < topic.partitions; i++) {
      partitions.add(new TopicPartition(topic.topicName, i));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Waits until so many events satisfy the predicate; answers with all that do. */
  public List<Envelope> await(int count, Predicate<Envelope> wanted) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (matching(wanted).size() < count && Instant.now().isBefore(deadline)) {
      poll(Duration.ofMillis(100));
    }
    return matching(wanted);
  }

  /** What came until nothing came for a while. */
  public List<Envelope> settled(Predicate<Envelope> wanted) {
    int before;
    do {
      before = seen.size();
      poll(Duration.ofMillis(700));
    } while (seen.size() > before);
    return matching(wanted);
  }

  /** Everything that was committed before: once the outbox is empty, all of it is on the topic. */
  List<Envelope> all() {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (DirectoryTables.number("SELECT count(*) FROM scim.outbox") > 0) {
      assertThat(Instant.now()).as("the outbox empties in time").isBefore(deadline);
      LockSupport.parkNanos(2_000_000);
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      poll(Duration.ofMillis(20));
    }
    // After a crash of the relay a record comes twice, under the same id.
    Map<UUID, Envelope> once = new LinkedHashMap<>();
    seen.forEach(event -> once.putIfAbsent(event.id(), event));
    return List.copyOf(once.values());
  }

  /** How many records were ever written. */
  long end() {
    return consumer.endOffsets(consumer.assignment()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** A header of the record that carried the event; null when it has none of that name. */
  String header(Envelope event, String name) {
    return header(records.get(event.id()), name);
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** Everything seen so far, as text. */
  public String text() {
    return String.join("\n", payloads);
  }

  private List<Envelope> matching(Predicate<Envelope> wanted) {
    return seen.stream().filter(wanted).toList();
  }

  private void poll(Duration time) {
    for (ConsumerRecord<String, byte[]> record : consumer.poll(time)) {
      try {
        payloads.add(
            record.key()
                + " "
                + new String(record.value(), StandardCharsets.UTF_8)
                + " "
                + record.headers());
        Envelope event = Headers.read(record.key(), name -> header(record, name), record.value());
        seen.add(event);
        records.put(event.id(), record);
      } catch (MalformedEvent e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
