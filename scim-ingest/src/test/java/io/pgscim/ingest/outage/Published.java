package io.pgscim.ingest.outage;

import io.pgscim.events.Envelope;
import io.pgscim.events.Headers;
import io.pgscim.events.IdentityEvent;
import io.pgscim.events.MalformedEvent;
import io.pgscim.events.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Everything that stands on {@code identity-events}.
 *
 * @param byKey the events of each key, in the order of the topic
 */
record Published(Map<String, List<IdentityEvent>> byKey) {

  static Published read(String bootstrapServers) throws MalformedEvent {
    Map<String, List<IdentityEvent>> byKey = new TreeMap<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, Topic.IDENTITY_EVENTS.partitions)
              .mapToObj(i -> new TopicPartition(Topic.IDENTITY_EVENTS.topicName, i))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          byKey
              .computeIfAbsent(record.key(), key -> new ArrayList<>())
              .add((IdentityEvent) event(record).event());
        }
      }
    }
    return new Published(byKey);
  }

  private static Envelope event(ConsumerRecord<String, byte[]> record) throws MalformedEvent {
    return Headers.read(
        record.key(),
        name -> {
          Header header = record.headers().lastHeader(name);
          return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
        },
        record.value());
  }

  /** The versions that one key went through. */
  static List<Long> versions(List<IdentityEvent> events) {
    return events.stream().map(IdentityEvent::version).toList();
  }

  /** The last event of every key that begins like this. */
  List<IdentityEvent> latest(String prefix) {
    return byKey.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(entry -> entry.getValue().getLast())
        .toList();
  }

  long count() {
    return byKey.values().stream().mapToLong(List::size).sum();
  }
}
