package io.pgscim.audit.consume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.audit.Samples;
import io.pgscim.audit.entry.Position;
import io.pgscim.audit.entry.Reading;
import io.pgscim.audit.entry.Reading.Told;
import io.pgscim.audit.entry.Reading.Unreadable;
import io.pgscim.events.Envelope;
import io.pgscim.events.EventJson;
import io.pgscim.events.Headers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
  private final Envelope third = Samples.added("g", 3);

  @Test
  void makesOneRecordOfEachPartitionWithWhatItsOwnSayInTheirOrder() {
    Map<TopicPartition, List<ConsumerRecord<byte[], Object>>> records = new LinkedHashMap<>();
    records.put(ONE, List.of(of(first, ONE, 4), of(second, ONE, 7)));
    records.put(OTHER, List.of(of(third, OTHER, 2)));

    var polled = poll(records);

    assertThat(polled.count()).isEqualTo(2);
    assertThat(polled.records(ONE).getFirst().offset()).isEqualTo(7);
    assertThat(readings(polled, ONE))
        .containsExactly(
            new Told(new Position(ONE.topic(), ONE.partition(), 4), first, null),
            new Told(new Position(ONE.topic(), ONE.partition(), 7), second, null));
    assertThat(readings(polled, OTHER))
        .containsExactly(new Told(new Position(OTHER.topic(), OTHER.partition(), 2), third, null));
  }

  @Test
  void keepsTheOrderOfManyThatAllProcessorsRead() {
    List<ConsumerRecord<byte[], Object>> many =
        IntStream.range(0, 3000).mapToObj(i -> of(Samples.added("g", i), ONE, i)).toList();

    assertThat(readings(poll(Map.of(ONE, many)), ONE))
        .extracting(reading -> ((Told) reading).from().offset())
        .containsExactlyElementsOf(LongStream.range(0, 3000).boxed().toList());
  }

  @Test
  void theLastHeaderOfANameCounts() {
    ConsumerRecord<byte[], Object> twice = of(first, ONE, 1);
    twice.headers().add("ce_source", "/last".getBytes(UTF_8)).add("ce_txn", null);

    Told told = (Told) readings(poll(Map.of(ONE, List.of(twice))), ONE).getFirst();

    assertThat(told.envelope().source()).isEqualTo("/last");
    assertThat(told.envelope().cause()).isEqualTo(first.cause());
  }

  @Test
  void whatOneRecordLacksIsNotTakenFromTheOneBefore() {
    ConsumerRecord<byte[], Object> lacking = of(second, ONE, 2);
    lacking.headers().remove("ce_actor");
    ConsumerRecord<byte[], Object> bare = record(ONE, 3, null, null);

    List<Reading> readings =
        readings(poll(Map.of(ONE, List.of(of(first, ONE, 1), lacking, bare))), ONE);

    assertThat(readings.getFirst().event()).isEqualTo(first.id());
    assertThat(readings.subList(1, 3)).hasOnlyElementsOfType(Unreadable.class);
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
  private static List<Reading> readings(
      ConsumerRecords<byte[], Object> polled, TopicPartition partition) {
    return (List<Reading>) polled.records(partition).getFirst().value();
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
