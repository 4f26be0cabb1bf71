package io.pgscim.applier.consume;

import io.pgscim.applier.consume.BatchReader.Raw;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * The topic of identity events, read for the one writer of a cluster, by one thread. Another may
 * only {@link #wake} it.
 *
 * <p>It takes every partition by itself instead of being given some by the group: which process
 * reads is decided by the cluster's writer lock, and where reading begins by the ledger, which can
 * be no further than what it holds. The group only carries offsets for those who watch the lag.
 */
final class IdentityTopic implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(IdentityTopic.class);

  /** Of a poll. */
  static final int MOST_AT_ONCE = 2500;

  private static final Duration METADATA = Duration.ofSeconds(1);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String topic;
  private final Map<Integer, Long> positions;
  private final Map<TopicPartition, OffsetAndMetadata> untold = new HashMap<>();
  private boolean telling;
  private Map<TopicPartition, Long> ends;

  /**
   * @param kafka client configuration, with {@code bootstrap.servers}
   * @param positions where to begin, by partition; the first record where there is none
   */
  IdentityTopic(
      Map<String, Object> kafka, String group, String topic, Map<Integer, Long> positions) {
    Map<String, Object> config = new HashMap<>();
    kafka.forEach(
        (key, value) -> {
          if (ConsumerConfig.configNames().contains(key)) {
            config.put(key, value);
          }
        });
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_AT_ONCE);
    config.remove(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
    config.remove(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.topic = topic;
    this.positions = Map.copyOf(positions);
  }

  /** What has arrived, waiting up to so long for something; nothing while the broker is away. */
  List<Raw> poll(Duration patience) {
    if (ends == null && !begin()) {
      pause(patience);
      return List.of();
    }
    List<Raw> records = new ArrayList<>();
    Map<String, String> names = new HashMap<>(); // The same in each record, and kept once.
    for (ConsumerRecord<byte[], byte[]> record : polled(patience)) {
      Map<String, byte[]> headers = new HashMap<>();
      for (Header header : record.headers()) {
        headers.put(names.computeIfAbsent(header.key(), name -> name), header.value());
      }
      String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
      records.add(new Raw(record.partition(), record.offset(), key, headers, record.value()));
    }
    return records;
  }

  /** Has a poll that waits return now; the next one does if none waits. */
  void wake() {
    consumer.wakeup();
  }

  /** Whether everything was handed out that the topic held when reading began. */
  boolean caughtUp() {
    return ends != null
        && ends.entrySet().stream()
            .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /** Tells the group how far the ledger is, now or later. */
  void committed(Map<Integer, Long> offsets) {
    offsets.forEach(
        (partition, next) ->
            untold.put(new TopicPartition(topic, partition), new OffsetAndMetadata(next)));
    tell();
  }

  private void tell() {
    if (telling || untold.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = Map.copyOf(untold);
    telling = true;
    consumer.commitAsync(
        offsets,
        (told, failure) -> {
          telling = false;
          if (failure == null) {
            offsets.forEach(untold::remove);
          }
        });
  }

  @Override
  public void close() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(METADATA));
  }

  private ConsumerRecords<byte[], byte[]> polled(Duration patience) {
    try {
      return consumer.poll(patience);
    } catch (WakeupException woken) {
      return ConsumerRecords.empty();
    } catch (KafkaException e) {
      LOG.warnf("the broker does not answer: %s", e.getMessage());
      pause(METADATA);
      return ConsumerRecords.empty();
    }
  }

  private boolean begin() {
    try {
      List<PartitionInfo> partitions = consumer.partitionsFor(topic, METADATA);
      if (partitions == null || partitions.isEmpty()) {
        return false;
      }
      List<TopicPartition> all =
          partitions.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
      Map<TopicPartition, Long> found = consumer.endOffsets(all, METADATA.multipliedBy(5));
      consumer.assign(all);
      List<TopicPartition> fresh = new ArrayList<>();
      for (TopicPartition partition : all) {
        Long position = positions.get(partition.partition());
        if (position == null) {
          fresh.add(partition);
        } else {
          consumer.seek(partition, position);
        }
      }
      if (!fresh.isEmpty()) {
        consumer.seekToBeginning(fresh);
      }
      ends = found;
      committed(positions);
      return true;
    } catch (KafkaException e) {
      LOG.debugf("the topic cannot be read yet: %s", e.getMessage());
      return false;
    }
  }

  private static void pause(Duration time) {
    try {
      TimeUnit.MILLISECONDS.sleep(Math.max(1, time.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
