package io.pgscim.endtoend;

import static io.pgscim.endtoend.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Pushes of memberships, for benchmarks. */
public final class Pushes implements AutoCloseable {
  private final Stack stack;
  private final Scim scim;
  private final String group;

  private Pushes(Stack stack) {
    this.stack = stack;
    this.scim = stack.scim();
    this.group = scim.group("pg-production-analytics");
  }

  /** On a stack of its own. */
  public static Pushes onAFreshStack() {
    return new Pushes(Stack.fresh());
  }

  /** The stack's log. */
  public Log log() {
    return stack.log();
  }

  /** The stack. */
  public Stack stack() {
    return stack;
  }

  /** The ids of that many new people, whose roles exist. */
  public List<String> people(int count) throws Exception {
    List<String> ids = new ArrayList<>(count);
    String last = null;
    for (int i = 0; i < count; i++) {
      last = PushBecomesGrantIT.unique("bench");
      ids.add(scim.createUser(last).expect(201).id());
    }
    String role = last;
    eventually(() -> assertThat(stack.cluster().canLogin(role)).isTrue());
    stack.settle();
    return ids;
  }

  /** Makes a person a member of the group. */
  public void join(String id) {
    scim.addMember(group, id);
  }

  /** The log entries of that many memberships granted after an index. */
  public List<JsonNode> grantsSince(long index, int count) throws Exception {
    List<JsonNode> grants = new ArrayList<>();
    eventually(
        () -> {
          grants.clear();
          for (JsonNode entry : log().since(index)) {
            if (entry.path("what").asText().equals("grant-membership")) {
              grants.add(entry);
            }
          }
          assertThat(grants).hasSize(count);
        });
    return grants;
  }

  /** Somebody who is in the group: the id, and the role that holds what the group gives. */
  public record Member(String id, String role) {}

  /** A new one, once the membership is there. */
  public Member member() throws Exception {
    String role = PushBecomesGrantIT.unique("bench");
    String id = scim.createUser(role).expect(201).id();
    join(id);
    eventually(() -> assertThat(stack.cluster().memberships(role)).isNotEmpty());
    stack.settle();
    return new Member(id, role);
  }

  /** Says that somebody is not active any more. */
  public void deactivate(Member member) {
    scim.setActive(member.id(), false).expect(200);
  }

  /** The log entry of the one revocation that was proven after an index. */
  public JsonNode proofSince(long index) throws Exception {
    List<JsonNode> proofs = new ArrayList<>();
    eventually(
        () -> {
          proofs.clear();
          for (JsonNode entry : log().since(index)) {
            if (entry.path("what").asText().equals("prove-revocation")) {
              proofs.add(entry);
            }
          }
          assertThat(proofs).hasSize(1);
        });
    return proofs.getFirst();
  }

  @Override
  public void close() {
    stack.close();
  }
}
