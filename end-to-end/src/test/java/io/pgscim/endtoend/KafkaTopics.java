package io.pgscim.endtoend;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What stands on the topics. */
public final class KafkaTopics {
  private final String bootstrapServers;

  KafkaTopics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Every record of a topic up to now, partition by partition. */
  public List<ConsumerRecord<String, byte[]>> read(String topic) {
    try (var consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
      while (partitions.stream()
          .anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  /** How many records of a topic the group has not confirmed yet. */
  public long lag(String group, String topic) throws Exception {
    try (var consumer = consumer();
        Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers))) {
      var confirmed = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      return consumer.endOffsets(partitions(consumer, topic)).entrySet().stream()
          .mapToLong(
              end ->
                  end.getValue()
                      - (confirmed.get(end.getKey()) == null
                          ? 0
                          : confirmed.get(end.getKey()).offset()))
          .sum();
    }
  }

  /**
   * How many different events were ever published, on all topics; a relay may publish one twice.
   */
  long distinctEvents() {
    return List.of("identity-events", "role-changes", "security-events").stream()
        .flatMap(topic -> read(topic).stream())
        .map(KafkaTopics::eventId)
        .distinct()
        .count();
  }

  public static String eventId(ConsumerRecord<String, byte[]> record) {
    return new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
  }

  /** How many records were ever written to a topic. */
  public long written(String topic) {
    try (var consumer = consumer()) {
      return consumer.endOffsets(partitions(consumer, topic)).values().stream()
          .mapToLong(Long::longValue)
          .sum();
    }
  }

  /** Writes records again, as a relay does that lost an acknowledgement. */
  public void writeAgain(List<ConsumerRecord<String, byte[]>> records) {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", bootstrapServers, "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (var record : records) {
        producer.send(
            new ProducerRecord<>(
                record.topic(), null, record.key(), record.value(), record.headers()));
      }
    }
  }

  private KafkaConsumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrapServers, "allow.auto.create.topics", false),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }

  private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }
}
