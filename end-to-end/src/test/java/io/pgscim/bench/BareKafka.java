package io.pgscim.bench;

import io.pgscim.endtoend.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What a client can do that does nothing else; all times in seconds. */
final class BareKafka {
  /** As many as audit-sink takes at once. */
  private static final int AT_ONCE = 2_000;

  private final Stack stack;
  private final Map<String, Object> broker;

  BareKafka(Stack stack) {
    this.stack = stack;
    this.broker = Map.of("bootstrap.servers", stack.topics().bootstrapServers());
  }

  /** Everything that stands on a topic once more on a new one, acknowledged by all. */
  double produceAgain(String topic) throws Exception {
    List<ConsumerRecord<String, byte[]>> records = stack.topics().read(topic);
    String again = topic + "-again";
    int partitions = 1 + records.stream().mapToInt(ConsumerRecord::partition).max().orElse(0);
    try (Admin admin = Admin.create(broker)) {
      admin
          .createTopics(List.of(new NewTopic(again, partitions, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.get("bootstrap.servers"), "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.partitionsFor(again);
      long began = System.nanoTime();
      for (var record : records) {
        producer.send(
            new ProducerRecord<>(again, null, record.key(), record.value(), record.headers()));
      }
      producer.flush();
      return InitialSync.since(began);
    }
  }

  /** What a record of the topic carries, in bytes, on the average. */
  int bytesEach(String topic) {
    return (int)
        stack.topics().read(topic).stream()
            .mapToInt(record -> record.value().length)
            .average()
            .orElse(0);
  }

  /** All records of those topics. */
  double consume(List<String> topics) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", broker.get("bootstrap.servers"), "max.poll.records", AT_ONCE),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long began = System.nanoTime();
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        consumer.poll(Duration.ofMillis(100));
      }
      return InitialSync.since(began);
    }
  }
}
