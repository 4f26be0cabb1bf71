package io.pgscim.audit.consume;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.people.People;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The door from Kafka: one thread that polls all topics and takes each batch into the log before it
 * polls again. Nothing is committed to Kafka; where to go on stands in the log.
 */
@ApplicationScoped
public class EventConsumer {
  private static final Logger LOG = Logger.getLogger(EventConsumer.class);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Each batch costs one fsync, and is in memory at once. */
  private static final int MOST_AT_ONCE = 2000;

  private static final int MOST_BYTES = 4 << 20;

  private final Intake intake;
  private final Assignment assignment;
  private final Map<String, Object> settings;
  private volatile KafkaConsumer<byte[], byte[]> consumer;
  private volatile boolean stopped;
  private Thread thread;

  EventConsumer(
      AuditLog log,
      People people,
      Assignment assignment,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      @ConfigProperty(name = "pgscim.audit.origin") String origin) {
    this.intake = new Intake(log, people, Clock.systemUTC(), RETRY);
    this.assignment = assignment;
    this.settings = settings(kafka, origin);
  }

  private static Map<String, Object> settings(Map<String, Object> kafka, String origin) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.keySet().retainAll(ConsumerConfig.configNames());
    settings.remove(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
    settings.remove(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, "audit-sink/" + origin);
    // A static member: after a crash the next process has its partitions at once.
    settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "audit-sink");
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    // While the disk refuses, the batch in hand is tried again, for as long as it takes.
    settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Integer.MAX_VALUE);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_AT_ONCE);
    // By default all partitions together send 24 MB, which the collector would move about.
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MOST_BYTES);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
    settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
    return settings;
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofPlatform().name("events").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopped = true;
    intake.stop();
    KafkaConsumer<byte[], byte[]> open = consumer;
    if (open != null) {
      open.wakeup();
    }
    thread.join(Duration.ofSeconds(10));
  }

  private void run() {
    while (!stopped) {
      try {
        consume();
      } catch (WakeupException | InterruptException | InterruptedException e) {
        stopped = true;
      } catch (KafkaException e) {
        LOG.errorf("events are not read, trying again in %s: %s", RETRY, e.getMessage());
        pause();
      }
    }
  }

  private void consume() throws InterruptedException {
    try (var open =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer = open;
      open.subscribe(
          TopicsFirst.TOPICS.stream().map(topic -> topic.topicName).toList(), assignment.of(open));
      while (!stopped) {
        var records = open.poll(PATIENCE);
        if (!records.isEmpty()) {
          // Returns when every record's entry is on disk; the next batch comes after that.
          intake.take(Records.received(records));
        }
      }
    } finally {
      consumer = null;
      assignment.none();
    }
  }

  private void pause() {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException e) {
      stopped = true;
    }
  }

  /** When the last entries were made durable by this process; null when none were. */
  public Instant lastAppend() {
    return intake.lastAppend();
  }
}
