package io.pgscim.audit.consume;

import io.pgscim.audit.entry.Position;
import io.pgscim.audit.entry.Received;
import io.pgscim.events.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.Header;

/** Kafka's records as the log's. */
final class Records {
  private Records() {}

  /** In the order in which they are polled: that of the partition for those of one partition. */
  static List<Received> received(ConsumerRecords<byte[], byte[]> records) {
    List<ConsumerRecord<byte[], byte[]>> polled = new ArrayList<>(records.count());
    records.forEach(polled::add);
    return Intake.each(polled).map(Records::received).toList();
  }

  private static Received received(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : record.headers()) {
      if (header.key().startsWith(Headers.PREFIX) && header.value() != null) {
        headers.put(header.key(), text(header.value()));
      }
    }
    return new Received(
        new Position(record.topic(), record.partition(), record.offset()),
        Instant.ofEpochMilli(record.timestamp()),
        record.key() == null ? null : text(record.key()),
        headers,
        record.value());
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
