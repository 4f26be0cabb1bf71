package io.pgscim.parts.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.parts.Broker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerIT {
  private static final String TOPIC = "things";

  @TempDir Path folder;
  private Broker broker;

  @BeforeEach
  void start() throws Exception {
    broker = new EmbeddedBroker(EmbeddedBroker.Settings.in(folder.resolve("one")));
    broker.start();
    createTopic(broker);
  }

  @AfterEach
  void stop() {
    broker.kill();
  }

  @Test
  void keepsItsRecordsWhenStoppedAndStartedAgain() throws Exception {
    send(broker, "kept");

    broker.stop();
    broker.start();

    assertThat(records(broker)).containsExactly("kept");
  }

  @Test
  void keepsItsRecordsWhenKilledAndStartedAgain() throws Exception {
    send(broker, "kept");

    broker.kill();
    broker.start();

    send(broker, "more");
    assertThat(records(broker)).containsExactly("kept", "more");
  }

  @Test
  void runsBesideAnotherOne() throws Exception {
    Broker other = new EmbeddedBroker(EmbeddedBroker.Settings.in(folder.resolve("two")));
    other.start();
    try {
      createTopic(other);
      send(other, "only there");

      assertThat(records(broker)).isEmpty();
      assertThat(records(other)).containsExactly("only there");
    } finally {
      other.kill();
    }
  }

  @Test
  void createsNoTopicByItself() {
    Map<String, Object> client = client(broker, Map.of("max.block.ms", 2_000));
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
      assertThatThrownBy(
              () -> producer.send(new ProducerRecord<>("unheard-of", "lost")).get(10, SECONDS))
          .isInstanceOf(ExecutionException.class);
    }
  }

  private static void createTopic(Broker at) throws Exception {
    try (Admin admin = Admin.create(client(at, Map.of()))) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
          .all()
          .get(20, SECONDS);
    }
  }

  private static void send(Broker to, String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(client(to, Map.of()), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, value)).get(20, SECONDS);
    }
  }

  /** Everything in the topic: reads up to the end as it is now. */
  private static List<String> records(Broker from) {
    TopicPartition partition = new TopicPartition(TOPIC, 0);
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            client(from, Map.of()), new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        ConsumerRecords<String, String> polled = consumer.poll(Duration.ofSeconds(1));
        polled.forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }

  private static Map<String, Object> client(Broker at, Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(more);
    all.put("bootstrap.servers", at.bootstrapServers());
    return all;
  }
}
