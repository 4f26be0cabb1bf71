package io.pgscim.messaging;

import io.pgscim.events.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/**
 * Makes sure that the topics exist, each with its partitions and cleanup policy, before anyone uses
 * them.
 */
public final class Topics {
  private static final Logger LOG = Logger.getLogger(Topics.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private Topics() {}

  /**
   * Creates what is missing, with the broker's default replication; what exists is left as it is.
   * Blocks, and tries again while the broker is away, until all exist.
   *
   * @param kafka client configuration, with {@code bootstrap.servers}
   * @throws InterruptedException when the thread is told to stop waiting
   */
  public static void create(Map<String, Object> kafka, Collection<Topic> topics)
      throws InterruptedException {
    Map<String, Object> config = new HashMap<>();
    kafka.forEach(
        (key, value) -> {
          if (AdminClientConfig.configNames().contains(key)) {
            config.put(key, value);
          }
        });
    try (Admin admin = Admin.create(config)) {
      for (Topic topic : topics) {
        create(admin, topic);
      }
    }
  }

  private static void create(Admin admin, Topic topic) throws InterruptedException {
    var wanted =
        new NewTopic(topic.topicName, Optional.of(topic.partitions), Optional.empty())
            .configs(topic.config);
    boolean complained = false;
    while (true) {
      try {
        admin.createTopics(List.of(wanted)).all().get();
        LOG.infof("topic created topic=%s partitions=%d", topic.topicName, topic.partitions);
        return;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof TopicExistsException) {
          return;
        }
        if (!complained) {
          LOG.warnf(
              "topic %s cannot be made yet, retrying: %s",
              topic.topicName, e.getCause().getMessage());
          complained = true;
        }
        Thread.sleep(RETRY);
      }
    }
  }
}
