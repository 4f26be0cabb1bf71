package io.pgscim.audit.verify;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** How far each partition of Kafka was taken, by what the entries say of their records. */
final class Positions {
  /** Canonical JSON sorts its fields, and in a text a quotation mark has a backslash before it. */
  private static final byte[] FROM =
      "\"form\":1,\"from\":{\"offset\":".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] PARTITION = ",\"partition\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TOPIC = ",\"topic\":\"".getBytes(StandardCharsets.US_ASCII);

  private final Map<String, Long> next = new ConcurrentHashMap<>();

  /** Takes an entry; those that the sink made itself have no record. */
  void entry(byte[] bytes, int start, int end) {
    int at = find(bytes, start, end);
    if (at < 0) {
      return;
    }
    int comma = endOfNumber(bytes, at, end);
    int partition = comma + PARTITION.length;
    int second = endOfNumber(bytes, partition, end);
    int topic = second + TOPIC.length;
    if (comma == at
        || second == partition
        || !matches(bytes, comma, end, PARTITION)
        || !matches(bytes, second, end, TOPIC)) {
      return;
    }
    int quote = topic;
    while (quote < end && bytes[quote] != '"') {
      quote++;
    }
    String name = text(bytes, topic, quote) + "/" + text(bytes, partition, second);
    next.merge(name, Long.parseLong(text(bytes, at, comma)) + 1, Long::max);
  }

  private static int find(byte[] bytes, int start, int end) {
    for (int at = start; at + FROM.length < end; at++) {
      if (bytes[at] == '"' && matches(bytes, at, end, FROM)) {
        return at + FROM.length;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] bytes, int at, int end, byte[] wanted) {
    if (at + wanted.length > end) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private static int endOfNumber(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && at - start < 18 && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }

  private static String text(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }

  /** Of every partition, with what had come before. */
  Map<String, Long> behind(Map<String, Long> before) {
    var all = new TreeMap<>(before);
    next.forEach((partition, offset) -> all.merge(partition, offset, Long::max));
    return all;
  }
}
