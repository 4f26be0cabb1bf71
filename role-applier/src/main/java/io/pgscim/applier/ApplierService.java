package io.pgscim.applier;

import io.pgscim.applier.cluster.Address;
import io.pgscim.applier.cluster.Cluster;
import io.pgscim.applier.cluster.Flavour;
import io.pgscim.events.Topic;
import io.pgscim.messaging.KafkaPublisher;
import io.pgscim.messaging.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Hands the applier what Quarkus has. */
@ApplicationScoped
class ApplierService {
  private final RoleApplier applier;
  private final Thread topics;

  ApplierService(
      ClusterConfig cluster,
      PolicyConfig policy,
      DriftConfig drift,
      Vertx vertx,
      @Identifier("default-kafka-broker") Map<String, Object> kafka) {
    this.applier =
        new RoleApplier(
            vertx,
            servers(cluster),
            policy.file(),
            cluster.observe(),
            drift.every(),
            kafka,
            new KafkaPublisher("role-applier", kafka));
    this.topics = Thread.ofVirtual().name("topics").unstarted(() -> create(kafka));
  }

  RoleApplier applier() {
    return applier;
  }

  void start(@Observes StartupEvent event) {
    topics.start();
    applier.start();
  }

  void stop(@Observes ShutdownEvent event) {
    topics.interrupt();
    applier.close();
  }

  private static Cluster servers(ClusterConfig config) {
    Function<String, Address> address =
        url -> new Address(url, config.username(), config.password());
    return new Cluster(
        address.apply(config.url()),
        config.readers().orElse(List.of()).stream().map(address).toList(),
        Flavour.named(config.flavour()));
  }

  private static void create(Map<String, Object> kafka) {
    try {
      Topics.create(kafka, List.of(Topic.values()));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
