package io.pgscim.endtoend;

import static io.pgscim.endtoend.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplayChangesNothingIT {
  private final Stack stack = Stack.running();
  private final Scim scim = stack.scim();
  private final Cluster cluster = stack.cluster();
  private final KafkaTopics topics = stack.topics();
  private final Log log = stack.log();

  @Test
  void everyRecordAgainInOrderAndOutOfOrder() throws Exception {
    String stayer = PushBecomesGrantIT.unique("stayer");
    String leaver = PushBecomesGrantIT.unique("leaver");
    String group = scim.group("pg-production-analytics");
    String stays = scim.createUser(stayer).expect(201).id();
    String leaves = scim.createUser(leaver).expect(201).id();
    scim.addMember(group, stays);
    scim.addMember(group, leaves);
    eventually(() -> assertThat(cluster.memberships(leaver)).containsExactly("analytics_read"));
    scim.setActive(leaves, false);
    eventually(() -> assertThat(cluster.memberships(leaver)).isEmpty());
    stack.settle();
    List<String> roles = cluster.everything();
    long changes = topics.written("role-changes");
    long entries = log.size();
    var records = topics.read("identity-events");

    topics.writeAgain(records);
    Collections.shuffle(records, new Random(7));
    topics.writeAgain(records);
    stack.settle();

    assertThat(cluster.everything()).isEqualTo(roles);
    assertThat(topics.written("role-changes")).isEqualTo(changes);
    assertThat(log.size()).isEqualTo(entries);
  }
}
