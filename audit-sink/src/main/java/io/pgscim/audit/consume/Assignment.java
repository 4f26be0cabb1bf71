package io.pgscim.audit.consume;

import io.pgscim.audit.append.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Which partitions this process reads, and where it begins in each: behind the last record that the
 * log has an entry of. Records that were on their way when a partition is assigned again come
 * twice, and the log drops the second.
 */
@ApplicationScoped
public class Assignment {
  private static final Logger LOG = Logger.getLogger(Assignment.class);

  private final AuditLog log;
  private final Set<TopicPartition> assigned = ConcurrentHashMap.newKeySet();

  Assignment(AuditLog log) {
    this.log = log;
  }

  /** Follows what a consumer is given. */
  ConsumerRebalanceListener of(Consumer<?, ?> consumer) {
    return new ConsumerRebalanceListener() {
      @Override
      public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
          consumer.seek(partition, log.next(partition.topic(), partition.partition()));
        }
        assigned.addAll(partitions);
        LOG.infof("reading partitions=%d entries=%d", assigned.size(), log.size());
      }

      @Override
      public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        assigned.removeAll(partitions);
      }
    };
  }

  /** The consumer is closed. */
  void none() {
    assigned.clear();
  }

  /** The topics of which no partition is read by this process yet, by name. */
  public SortedSet<String> waitingFor() {
    var waitingFor = new TreeSet<String>();
    TopicsFirst.TOPICS.forEach(topic -> waitingFor.add(topic.topicName));
    assigned.forEach(partition -> waitingFor.remove(partition.topic()));
    return waitingFor;
  }
}
