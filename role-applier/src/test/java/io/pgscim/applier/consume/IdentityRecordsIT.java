package io.pgscim.applier.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.consume.BatchReader.Raw;
import io.pgscim.parts.RealParts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdentityRecordsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int RECORDS = 2 * IdentityRecords.MOST + 5_000;

  private final String topic = "records-" + UUID.randomUUID();
  private final Map<String, Object> kafka =
      Map.of("bootstrap.servers", RealParts.broker().bootstrapServers());

  @BeforeEach
  void begin() throws Exception {
    try (Admin admin = Admin.create(kafka)) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
  }

  private void fill(int count, String value) {
    try (var producer =
        new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
      IntStream.range(0, count)
          .forEach(i -> producer.send(new ProducerRecord<>(topic, "key", value)));
    }
  }

  @Test
  void readsAheadNoMoreThanABatchAndInOrder() throws Exception {
    fill(RECORDS, "no event");
    try (var records = new IdentityRecords(kafka, topic, topic, Map.of())) {
      List<Integer> sizes = new ArrayList<>();
      List<Raw> all = new ArrayList<>();
      while (all.size() < RECORDS) {
        assertThat(records.caughtUp()).isFalse();
        Arrival arrival = records.poll(PATIENCE);
        assertThat(arrival.isEmpty()).isFalse();
        sizes.add(arrival.records().size());
        all.addAll(arrival.records());
        Thread.sleep(500); // Somebody works.
      }

      assertThat(sizes).contains(IdentityRecords.MOST).allMatch(n -> n <= IdentityRecords.MOST);
      assertThat(all)
          .extracting(Raw::offset)
          .containsExactlyElementsOf(LongStream.range(0, RECORDS).boxed().toList());
      assertThat(records.poll(Duration.ofMillis(500)).isEmpty()).isTrue();
      assertThat(records.caughtUp()).isTrue();
    }
  }

  @Test
  void readsAheadLessWhereRecordsAreLarge() throws Exception {
    int size = 500_000;
    fill(60, "x".repeat(size));
    try (var records = new IdentityRecords(kafka, topic, topic, Map.of())) {
      int all = 0;
      while (all < 60) {
        Thread.sleep(1_000); // Somebody works.
        int arrived = records.poll(PATIENCE).records().size();
        assertThat(arrived * size).isPositive().isLessThan(16 << 20);
        all += arrived;
      }
    }
  }

  @Test
  void beginsWhereItIsToldAndTellsTheGroupWhatIsCommittedOnly() throws Exception {
    fill(100, "no event");
    try (var records = new IdentityRecords(kafka, topic, topic, Map.of(0, 7L))) {
      assertThat(records.poll(PATIENCE).records().getFirst().offset()).isEqualTo(7);
      Thread.sleep(1_000);
      assertThat(told()).isEqualTo(7);

      records.committed(Map.of(0, 11L));

      Instant deadline = Instant.now().plus(PATIENCE);
      while (told() != 11) {
        assertThat(Instant.now()).isBefore(deadline);
        records.poll(Duration.ofMillis(20));
      }
    }
  }

  private long told() throws Exception {
    try (Admin admin = Admin.create(kafka)) {
      return admin
          .listConsumerGroupOffsets(topic)
          .partitionsToOffsetAndMetadata()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .get(new TopicPartition(topic, 0))
          .offset();
    }
  }
}
