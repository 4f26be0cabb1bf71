package io.pgscim.audit.consume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.audit.Samples;
import io.pgscim.audit.entry.Position;
import io.pgscim.audit.entry.Received;
import io.pgscim.events.Envelope;
import io.pgscim.events.EventJson;
import io.pgscim.events.Headers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class PolledTest {
  private static final TopicPartition ONE = new TopicPartition("identity-events", 0);
  private static final TopicPartition OTHER = new TopicPartition("role-changes", 3);
  private final Envelope first = Samples.added("g", 1);
  private final Envelope second = Samples.added("g", 2);

  @Test
  void makesOneRecordOfEachPartitionWithAllOfItsOwnInTheirOrder() {
    var polled = poll(Map.of(ONE, List.of(of(first, ONE, 4), of(second, ONE, 7))));

    assertThat(polled.count()).isEqualTo(1);
    assertThat(polled.records(ONE).getFirst().offset()).isEqualTo(7);
    assertThat(received(polled, ONE))
        .extracting(Received::position)
        .containsExactly(
            new Position(ONE.topic(), ONE.partition(), 4),
            new Position(ONE.topic(), ONE.partition(), 7));
  }

  @Test
  void keepsPartitionsApart() {
    Map<TopicPartition, List<ConsumerRecord<byte[], Object>>> records = new LinkedHashMap<>();
    records.put(ONE, List.of(of(first, ONE, 1)));
    records.put(OTHER, List.of(of(second, OTHER, 2)));

    var polled = poll(records);

    assertThat(polled.partitions()).containsExactly(ONE, OTHER);
    assertThat(received(polled, ONE)).hasSize(1);
    assertThat(received(polled, OTHER)).hasSize(1);
  }

  @Test
  void takesWhatTheRecordSaysOfItsEvent() throws Exception {
    Received received = received(poll(Map.of(ONE, List.of(of(first, ONE, 4)))), ONE).getFirst();

    assertThat(Headers.read(received.key(), received.headers()::get, received.value()))
        .isEqualTo(first);
    assertThat(received.headers()).doesNotContainKey("ce_subject").doesNotContainKey("traceparent");
    assertThat(received.publishedAt()).isEqualTo(Samples.AT);
  }

  @Test
  void theLastHeaderOfANameCountsAndWhatOneRecordSaysIsNotTheNextOnes() {
    ConsumerRecord<byte[], Object> twice = of(first, ONE, 1);
    twice.headers().add("ce_source", "/last".getBytes(UTF_8)).add("ce_txn", null);
    ConsumerRecord<byte[], Object> bare = record(ONE, 2, null, null);

    List<Received> received =
        received(poll(Map.of(ONE, List.of(twice, bare, of(first, ONE, 3)))), ONE);

    assertThat(received.getFirst().headers())
        .containsEntry("ce_source", "/last")
        .containsEntry("ce_txn", first.cause().txn());
    assertThat(received.get(1).headers()).isEmpty();
    assertThat(received.get(1).key()).isNull();
    assertThat(received.get(1).value()).isNull();
    assertThat(received.getLast().headers()).containsEntry("ce_source", first.source());
  }

  @Test
  void leavesWhereToGoOnAsItWas() {
    var next = Map.of(ONE, new OffsetAndMetadata(5));

    var polled =
        new Polled()
            .onConsume(new ConsumerRecords<>(Map.of(ONE, List.of(of(first, ONE, 4))), next));

    assertThat(polled.nextOffsets()).isEqualTo(next);
  }

  private static ConsumerRecords<byte[], Object> poll(
      Map<TopicPartition, List<ConsumerRecord<byte[], Object>>> records) {
    return new Polled().onConsume(new ConsumerRecords<>(records, Map.of()));
  }

  @SuppressWarnings("unchecked") // as the channel's method takes it
  private static List<Received> received(
      ConsumerRecords<byte[], Object> polled, TopicPartition partition) {
    return (List<Received>) polled.records(partition).getFirst().value();
  }

  private static ConsumerRecord<byte[], Object> of(
      Envelope envelope, TopicPartition partition, long offset) {
    ConsumerRecord<byte[], Object> record =
        record(
            partition,
            offset,
            envelope.event().key().getBytes(UTF_8),
            EventJson.write(envelope.event()));
    Headers.of(envelope)
        .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
    return record;
  }

  private static ConsumerRecord<byte[], Object> record(
      TopicPartition partition, long offset, byte[] key, byte[] value) {
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        offset,
        Samples.AT.toEpochMilli(),
        TimestampType.CREATE_TIME,
        0,
        0,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
