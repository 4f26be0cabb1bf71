package io.pgscim.bench;

import io.pgscim.endtoend.Stack;
import io.pgscim.local.supervise.JvmOptions;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What audit-sink cannot do without, by a consumer that does nothing else: it takes every record,
 * hashes it as a leaf of RFC 6962, writes both and makes each batch durable. It parses nothing. It
 * is a process of its own, with the options of the service and as cold.
 */
final class BareLog {
  /** As many as audit-sink takes at once. */
  private static final int AT_ONCE = 2_000;

  private static final List<String> TOPICS =
      List.of("identity-events", "role-changes", "security-events");

  private BareLog() {}

  /** Takes everything that stands on the topics; in seconds. */
  static double take(Stack stack) throws Exception {
    Path folder = Files.createTempDirectory("bench");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmOptions.of("audit-sink"));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            BareLog.class.getName(),
            stack.topics().bootstrapServers(),
            folder.resolve("log").toString()));
    Process process =
        new ProcessBuilder(command).redirectError(folder.resolve("errors").toFile()).start();
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the bare consumer failed: " + folder.resolve("errors"));
    }
    return Double.parseDouble(answer);
  }

  public static void main(String[] arguments) throws Exception {
    try (var consumer =
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", arguments[0], "max.poll.records", AT_ONCE),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        var file = new FileOutputStream(arguments[1])) {
      List<TopicPartition> partitions =
          TOPICS.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      // The service has its classes from an archive; here they are loaded before the clock starts.
      consumer.poll(Duration.ofSeconds(10));
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long began = System.nanoTime();
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        take(consumer, file);
      }
      System.out.println(InitialSync.since(began));
    }
  }

  private static void take(KafkaConsumer<byte[], byte[]> consumer, FileOutputStream file)
      throws IOException, GeneralSecurityException {
    MessageDigest leaf = MessageDigest.getInstance("SHA-256");
    var batch = new ByteArrayOutputStream(1 << 20);
    for (var record : consumer.poll(Duration.ofMillis(100))) {
      leaf.update((byte) 0);
      batch.writeBytes(record.value());
      batch.writeBytes(leaf.digest(record.value()));
    }
    batch.writeTo(file);
    file.getChannel().force(false);
  }
}
