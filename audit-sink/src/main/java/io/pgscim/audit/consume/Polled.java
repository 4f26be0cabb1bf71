package io.pgscim.audit.consume;

import io.pgscim.audit.entry.Entries;
import io.pgscim.audit.entry.Position;
import io.pgscim.audit.entry.Received;
import io.pgscim.events.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Kafka's records as the log's: what a poll brought of each partition becomes one record, whose
 * value is the list of what they say, in their order. The channel puts a message around every
 * record that it sees, which costs as much as making the entry; and while one batch is being
 * appended, the next is being read.
 */
public final class Polled implements ConsumerInterceptor<byte[], Object> {
  /** To each name itself: whoever asks for a header finds it by identity. */
  private static final Map<String, String> NAMES =
      Headers.READ.stream().collect(Collectors.toMap(name -> name, name -> name));

  @Override
  public ConsumerRecords<byte[], Object> onConsume(ConsumerRecords<byte[], Object> polled) {
    Map<TopicPartition, List<ConsumerRecord<byte[], Object>>> gathered = new LinkedHashMap<>();
    for (TopicPartition partition : polled.partitions()) {
      List<ConsumerRecord<byte[], Object>> records = polled.records(partition);
      gathered.put(
          partition,
          List.of(
              new ConsumerRecord<>(
                  partition.topic(),
                  partition.partition(),
                  records.getLast().offset(),
                  null,
                  Intake.each(received(records)).map(Entries::read).toList())));
    }
    return new ConsumerRecords<>(gathered, polled.nextOffsets());
  }

  private static List<Received> received(List<ConsumerRecord<byte[], Object>> records) {
    var texts = new Texts();
    List<Received> received = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], Object> record : records) {
      received.add(received(record, texts));
    }
    return received;
  }

  private static Received received(ConsumerRecord<byte[], Object> record, Texts texts) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : record.headers()) {
      String name = NAMES.get(header.key());
      if (name != null && header.value() != null) {
        headers.put(name, texts.of(name, header.value()));
      }
    }
    return new Received(
        new Position(record.topic(), record.partition(), record.offset()),
        Instant.ofEpochMilli(record.timestamp()),
        record.key() == null ? null : text(record.key()),
        headers,
        (byte[]) record.value());
  }

  /** Headers that say the same as in the record before share its text. */
  private static final class Texts {
    private final Map<String, Same> last = new HashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Same(byte[] utf8, String text) {}

    String of(String name, byte[] value) {
      Same before = last.get(name);
      if (before != null && Arrays.equals(before.utf8, value)) {
        return before.text;
      }
      var now = new Same(value, text(value));
      last.put(name, now);
      return now.text;
    }
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    // Nothing is committed.
  }

  @Override
  public void configure(Map<String, ?> configuration) {
    // There is nothing to choose.
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
