package io.pgscim.parts.docker;

import io.pgscim.parts.Broker;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Apache Kafka's official image, configured like the embedded broker. */
final class ContainerBroker implements Broker {
  static final DockerImageName IMAGE = DockerImageName.parse("apache/kafka:4.1.2");
  private static final int CLIENT_PORT = 9092;

  private final FixedPortContainer container =
      new FixedPortContainer(
          new KafkaContainer(IMAGE)
              .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
              .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "1")
              .withEnv("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "1"),
          CLIENT_PORT);

  @Override
  public String bootstrapServers() {
    return container.host() + ":" + container.port();
  }

  @Override
  public void start() {
    container.start(
        () -> {
          Map<String, Object> client =
              Map.of(
                  "bootstrap.servers",
                  bootstrapServers(),
                  "default.api.timeout.ms",
                  5_000,
                  "request.timeout.ms",
                  4_000);
          try (Admin admin = Admin.create(client)) {
            admin.describeCluster().clusterId().get(5, TimeUnit.SECONDS);
          }
        });
  }

  @Override
  public void stop() {
    container.stop();
  }

  @Override
  public void kill() {
    container.kill();
  }

  @Override
  public void close() {
    container.close();
  }
}
