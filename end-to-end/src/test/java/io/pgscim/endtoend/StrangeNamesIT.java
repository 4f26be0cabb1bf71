package io.pgscim.endtoend;

import static io.pgscim.endtoend.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StrangeNamesIT {
  private final Stack stack = Stack.running();
  private final Scim scim = stack.scim();
  private final Cluster cluster = stack.cluster();

  @Test
  void everyNameGetsARoleOfItsOwnOrAClearRefusal() throws Exception {
    String tag = UUID.randomUUID().toString().substring(0, 8);
    String first63 = ("x".repeat(55) + tag).substring(0, 63);
    List<String> names =
        List.of(
            tag + "y".repeat(192),
            tag + "\"; DROP ROLE \"postgres",
            tag + "'; DROP TABLE sales.orders; --",
            tag + "$$; SELECT pg_sleep(9); $$",
            tag + " emoji 🦆🦆🦆",
            tag + "é".repeat(60),
            tag + "\\",
            first63 + "-one",
            first63 + "-two",
            "pg_" + tag,
            "postgres",
            "public",
            "none");
    long before = stack.log().size() - 1;

    Map<String, String> idToName = new LinkedHashMap<>();
    for (String name : names) {
      idToName.put(scim.createUser(name).expect(201).id(), name);
    }

    eventually(
        () -> {
          List<JsonNode> entries = stack.log().since(before);
          for (var person : idToName.entrySet()) {
            assertThat(decisions(entries, person.getKey())).as(person.getValue()).hasSize(1);
          }
        });
    List<JsonNode> entries = stack.log().since(before);
    List<String> roles =
        idToName.keySet().stream()
            .map(id -> decisions(entries, id).getFirst())
            .filter(decision -> decision.path("type").asText().equals("io.pgscim.role.changed"))
            .map(decision -> decision.path("which").path("role").asText())
            .toList();
    assertThat(roles).doesNotHaveDuplicates().hasSize(names.size() - 4);
    for (String role : roles) {
      assertThat(cluster.canLogin(role)).as(role).isTrue();
    }
    assertThat(entries)
        .filteredOn(entry -> entry.path("type").asText().equals("io.pgscim.role.change-refused"))
        .allSatisfy(refused -> assertThat(refused.toString()).doesNotContain("syntax error"));
    assertThat(cluster.list("SELECT rolname FROM pg_roles WHERE rolname = 'postgres' AND rolsuper"))
        .hasSize(1);
    assertThat(cluster.list("SELECT 1 FROM sales.orders LIMIT 1")).isNotEmpty();
  }

  @Test
  void namesThatDifferOnlyInCaseAreOnePersonToTheDirectory() {
    String name = PushBecomesGrantIT.unique("case");
    scim.createUser(name).expect(201);

    assertThat(scim.createUser(name.toUpperCase(Locale.ROOT)).status()).isEqualTo(409);
  }

  /** What was decided for a person: a role made for it, or refused. */
  private static List<JsonNode> decisions(List<JsonNode> entries, String userId) {
    return entries.stream()
        .filter(entry -> entry.path("type").asText().startsWith("io.pgscim.role."))
        .filter(entry -> entry.toString().contains(userId))
        .toList();
  }
}
