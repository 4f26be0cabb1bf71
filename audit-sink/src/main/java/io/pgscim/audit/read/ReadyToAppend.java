package io.pgscim.audit.read;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.consume.Assignment;
import io.pgscim.audit.consume.EventConsumer;
import io.pgscim.audit.tree.TreeKeeper;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether an event that happens now would become an entry, and if not, why. */
@Readiness
@ApplicationScoped
public class ReadyToAppend implements HealthCheck {
  private final AuditLog log;
  private final Assignment assignment;
  private final EventConsumer consumer;
  private final TreeKeeper tree;

  ReadyToAppend(AuditLog log, Assignment assignment, EventConsumer consumer, TreeKeeper tree) {
    this.log = log;
    this.assignment = assignment;
    this.consumer = consumer;
    this.tree = tree;
  }

  @Override
  public HealthCheckResponse call() {
    var waitingFor = assignment.waitingFor();
    String trouble = log.trouble();
    String unsigned = tree.trouble();
    var answer =
        HealthCheckResponse.named("audit-log")
            .status(trouble == null && unsigned == null && waitingFor.isEmpty())
            .withData("entries", log.size())
            .withData("anchor", tree.isAnchored() ? "postgresql" : "none");
    if (consumer.lastAppend() != null) {
      answer.withData("lastAppend", consumer.lastAppend().toString());
    }
    if (trouble != null) {
      answer.withData("disk", "nothing can be appended: " + trouble);
    }
    if (unsigned != null) {
      answer.withData("tree", "nothing new is published: " + unsigned);
    }
    if (!waitingFor.isEmpty()) {
      answer.withData("kafka", "no partition assigned yet of " + String.join(", ", waitingFor));
    }
    return answer.build();
  }
}
