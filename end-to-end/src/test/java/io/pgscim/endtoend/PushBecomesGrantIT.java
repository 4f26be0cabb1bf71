package io.pgscim.endtoend;

import static io.pgscim.endtoend.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PushBecomesGrantIT {
  private final Stack stack = Stack.running();
  private final Scim scim = stack.scim();
  private final Cluster cluster = stack.cluster();
  private final Log log = stack.log();

  @Test
  void aMemberOfTheGroupCanReadWhatThePolicyGivesIt() throws Exception {
    String ada = unique("ada");
    String group = scim.group("pg-production-analytics");

    String id = scim.createUser(ada).expect(201).id();
    eventually(() -> assertThat(cluster.canLogin(ada)).isTrue());
    assertThat(cluster.memberships(ada)).isEmpty();
    assertThatThrownBy(() -> count(ada, "sales.orders")).hasMessageContaining("permission denied");
    scim.addMember(group, id);

    eventually(() -> assertThat(cluster.memberships(ada)).containsExactly("analytics_read"));
    assertThat(count(ada, "sales.orders")).isPositive();
  }

  @Test
  void everyStepStandsInTheLogUnderTheTxnOfItsPush() throws Exception {
    String ada = unique("ada");
    String group = scim.group("pg-production-analytics");
    long before = log.size() - 1;
    Instant pushed = Instant.now();

    String id = scim.createUser(ada).expect(201).id();
    scim.addMember(group, id);

    eventually(
        () -> {
          List<JsonNode> entries = log.since(before);
          JsonNode user = only(entries, "io.pgscim.identity.user", id);
          JsonNode membership = only(entries, "io.pgscim.identity.membership", id);
          assertThat(changes(entries, ada))
              .containsExactlyInAnyOrder("create-role", "grant-membership");
          assertThat(txnsOf(entries, ada, "create-role"))
              .containsExactly(user.path("txn").asText());
          assertThat(txnsOf(entries, ada, "grant-membership"))
              .containsExactly(membership.path("txn").asText());
          assertThat(Instant.parse(user.path("when").path("requested").asText()))
              .isBetween(pushed, Instant.now());
        });
  }

  @Test
  void aDeactivatedPersonLosesLoginMembershipsAndTheLiveSession() throws Exception {
    String ada = unique("ada");
    String group = scim.group("pg-production-analytics");
    String id = scim.createUser(ada).expect(201).id();
    scim.addMember(group, id);
    eventually(() -> assertThat(cluster.memberships(ada)).containsExactly("analytics_read"));
    long before = log.size() - 1;

    try (Connection session = cluster.connect(ada)) {
      session.createStatement().execute("SET ROLE analytics_read");
      scim.setActive(id, false);

      eventually(
          () ->
              assertThatThrownBy(
                      () -> session.createStatement().executeQuery("SELECT 1 FROM sales.orders"))
                  .isInstanceOf(SQLException.class));
    }

    eventually(() -> assertThat(cluster.memberships(ada)).isEmpty());
    assertThatThrownBy(() -> cluster.connect(ada)).hasMessageContaining("not permitted to log in");
    eventually(
        () ->
            assertThat(log.since(before))
                .extracting(entry -> entry.path("type").asText())
                .contains(
                    "io.pgscim.role.sessions-terminated", "io.pgscim.role.revocation-proven"));
  }

  @Test
  void aPersonWhoLeavesTheGroupLosesWhatItGave() throws Exception {
    String ada = unique("ada");
    String group = scim.group("pg-production-analytics");
    String id = scim.createUser(ada).expect(201).id();
    scim.addMember(group, id);
    eventually(() -> assertThat(count(ada, "sales.orders")).isPositive());

    scim.removeMember(group, id);

    eventually(() -> assertThat(cluster.memberships(ada)).isEmpty());
    assertThat(cluster.canLogin(ada)).isTrue();
  }

  @Test
  void aDeletedPersonCannotComeBackUnderTheOldRole() throws Exception {
    String ada = unique("ada");
    String id = scim.createUser(ada).expect(201).id();
    eventually(() -> assertThat(cluster.canLogin(ada)).isTrue());

    scim.send("DELETE", "/Users/" + id, null).expect(204);

    eventually(() -> assertThat(cluster.canLogin(ada)).isFalse());
  }

  /**
   * Rows that the role sees; an error of the server counts as an assertion, so that one can wait
   * for it to end.
   */
  private long count(String role, String table) {
    try (Connection session = cluster.connect(role);
        ResultSet row = session.createStatement().executeQuery("SELECT count(*) FROM " + table)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private static JsonNode only(List<JsonNode> entries, String type, String id) {
    List<JsonNode> found =
        entries.stream()
            .filter(
                entry -> entry.path("type").asText().equals(type) && entry.toString().contains(id))
            .toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static List<String> changes(List<JsonNode> entries, String role) {
    return entries.stream()
        .filter(entry -> isChangeOf(entry, role))
        .map(PushBecomesGrantIT::kind)
        .toList();
  }

  private static List<String> txnsOf(List<JsonNode> entries, String role, String kind) {
    return entries.stream()
        .filter(entry -> isChangeOf(entry, role) && kind(entry).equals(kind))
        .map(entry -> entry.path("txn").asText())
        .toList();
  }

  private static boolean isChangeOf(JsonNode entry, String role) {
    return entry.path("type").asText().equals("io.pgscim.role.changed")
        && entry.toString().contains(role);
  }

  private static String kind(JsonNode entry) {
    return entry.path("what").asText();
  }

  static String unique(String name) {
    return name + "-" + UUID.randomUUID().toString().substring(0, 8) + "@example.com";
  }
}
