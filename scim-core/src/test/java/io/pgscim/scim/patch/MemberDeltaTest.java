package io.pgscim.scim.patch;

import static io.pgscim.scim.Resources.json;
import static io.pgscim.scim.ScimErrors.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.resource.Tolerance;
import io.pgscim.scim.schema.BuiltIn;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7644 §3.5.2 on the members of a group, none of which is loaded. */
class MemberDeltaTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // the examples of §3.5.2.1 to §3.5.2.3
        "{'op': 'add', 'path': 'members', 'value': [{'display': 'Babs', '$ref': 'x', 'value': 'a'}]} | +a",
        "{'op': 'remove', 'path': 'members[value eq \\'a\\']'} | -a",
        "{'op': 'remove', 'path': 'members[value eq\\'a\\']'} | -a",
        "{'op': 'remove', 'path': 'members'} | =",
        "{'op': 'remove', 'path': 'members[value eq \\'a\\']'}, {'op': 'add', 'path': 'members', 'value': [{'value': 'b'}]} | +b-a",
        "{'op': 'remove', 'path': 'members'}, {'op': 'add', 'path': 'members', 'value': [{'value': 'a'}, {'value': 'b'}]} | =ab",
        "{'op': 'replace', 'path': 'members', 'value': [{'value': 'a'}, {'value': 'b'}]} | =ab",
        // what identity providers send
        "{'op': 'Remove', 'path': 'members', 'value': [{'$ref': null, 'value': 'a'}]} | -a",
        "{'op': 'Remove', 'path': 'members', 'value': []} | nothing",
        "{'op': 'remove', 'path': 'members', 'value': null} | =",
        "{'op': 'Add', 'path': 'Members', 'value': {'value': 'a'}} | +a",
        "{'op': 'add', 'value': {'members': [{'value': 'a'}]}} | +a",
        "{'op': 'replace', 'value': {'members': []}} | =",
        "{'op': 'replace', 'value': {'id': 'g', 'displayName': 'x'}} | nothing",
        "{'op': 'add', 'path': 'members', 'value': ['a', 'b']} | +ab",
        "{'op': 'remove', 'path': 'members[value eq \\'a\\' or value eq \\'b\\']'} | -ab",
        "{'op': 'add', 'path': 'urn:ietf:params:scim:schemas:core:2.0:Group:members', 'value': [{'value': 'a'}]} | +a",
        "{'op': 'add', 'path': 'members[value eq \\'a\\']', 'value': {'value': 'a'}} | +a",
        // one member changes once
        "{'op': 'add', 'path': 'members', 'value': ['a']}, {'op': 'remove', 'path': 'members', 'value': ['a']} | -a",
        "{'op': 'remove', 'path': 'members', 'value': ['a']}, {'op': 'add', 'path': 'members', 'value': ['a']} | +a",
        "{'op': 'replace', 'path': 'members', 'value': ['a', 'b']}, {'op': 'remove', 'path': 'members', 'value': ['b', 'c']} | =a",
      })
  void comesToWhatTheOperationsSay(String operations, String delta) {
    Patch patch = read(operations);

    assertThat(shown(MemberDelta.of(patch.memberChanges(), Map.of())))
        .isEqualTo(delta.equals("nothing") ? "" : delta);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'op': 'add', 'path': 'members', 'value': [{'display': 'x'}]} | INVALID_VALUE",
        "{'op': 'add', 'path': 'members', 'value': [5]} | INVALID_VALUE",
        "{'op': 'add', 'path': 'members', 'value': [{'value': ''}]} | INVALID_VALUE",
        "{'op': 'replace', 'path': 'members[value eq \\'a\\'].display', 'value': 'x'} | MUTABILITY",
        "{'op': 'replace', 'path': 'members[value eq \\'a\\']', 'value': {'value': 'b'}} | MUTABILITY",
        "{'op': 'remove', 'path': 'members[value eq \\'a\\'].display'} | MUTABILITY",
        "{'op': 'remove', 'path': 'members[bogus eq \\'a\\']'} | INVALID_FILTER",
        "{'op': 'add', 'path': 'members[display eq \\'a\\']', 'value': {'value': 'b'}} | NO_TARGET",
        "{'op': 'add', 'path': 'members[value eq \\'a\\' or value eq \\'b\\']', 'value': {'value': 'a'}} | NO_TARGET",
        "{'op': 'add', 'path': 'members[value eq \\'a\\']', 'value': {'value': 'b'}} | INVALID_VALUE",
      })
  void refusesWhatCannotBeDone(String operation, ScimType type) {
    assertRefused(type, () -> read(operation));
  }

  @Test
  void otherFiltersNeedTheMembers() {
    Patch patch =
        read(
            "{'op': 'add', 'path': 'members', 'value': ['c']},"
                + "{'op': 'remove', 'path': 'members[display sw \\'B\\' or value eq \\'c\\']'}");
    Map<String, ObjectNode> present = new LinkedHashMap<>();
    present.put("a", json("{'value': 'a', 'display': 'Ada'}"));
    present.put("b", json("{'value': 'b', 'display': 'Babs'}"));

    assertThat(MemberDelta.needsMembers(patch.memberChanges())).isTrue();
    assertThat(shown(MemberDelta.of(patch.memberChanges(), present))).isEqualTo("-bc");
  }

  @Test
  void aGroupsDocumentIsPatchedApartFromItsMembers() {
    Patch patch =
        read(
            "{'op': 'replace', 'value': {'displayName': 'new', 'members': ['a']}},"
                + "{'op': 'replace', 'path': 'externalId', 'value': 'e'}");

    ObjectNode after = patch.apply(json("{'displayName': 'old'}"));
    assertThat(after.get("displayName").asText()).isEqualTo("new");
    assertThat(after.get("externalId").asText()).isEqualTo("e");
    assertThat(after.has("members")).isFalse();
    assertThat(shown(MemberDelta.of(patch.memberChanges(), Map.of()))).isEqualTo("=a");
  }

  @Test
  void foldedAndOneByOneAreTheSame() {
    Random random = new Random(7);
    for (int round = 0; round < 5_000; round++) {
      Set<String> before = some(random);
      Set<String> model = new TreeSet<>(before);
      StringBuilder operations = new StringBuilder();
      for (int i = random.nextInt(5); i >= 0; i--) {
        Set<String> ids = some(random);
        String value = "'value': ['" + String.join("','", ids) + "']";
        value = ids.isEmpty() ? "'value': []" : value;
        String op = new String[] {"add", "remove", "replace"}[random.nextInt(3)];
        switch (op) {
          case "add" -> model.addAll(ids);
          case "remove" -> model.removeAll(ids);
          default -> {
            model.clear();
            model.addAll(ids);
          }
        }
        operations
            .append("{'op': '")
            .append(op)
            .append("', 'path': 'members', ")
            .append(value)
            .append("},");
      }
      operations.setLength(operations.length() - 1);

      MemberDelta delta = MemberDelta.of(read(operations.toString()).memberChanges(), Map.of());

      Set<String> after = new TreeSet<>(delta.clear() ? Set.of() : before);
      after.removeAll(delta.remove());
      after.addAll(delta.add());
      assertThat(after).as(operations.toString()).isEqualTo(model);
    }
  }

  private static Set<String> some(Random random) {
    Set<String> ids = new TreeSet<>();
    for (String id : "abcdef".split("")) {
      if (random.nextInt(3) == 0) {
        ids.add(id);
      }
    }
    return ids;
  }

  private static Patch read(String operations) {
    return Patch.read(
        BuiltIn.GROUP,
        json("{'Operations': [" + operations.replace("\\'", "\\\"") + "]}"),
        Tolerance.LENIENT);
  }

  private static String shown(MemberDelta delta) {
    String added = String.join("", new TreeSet<>(delta.add()));
    String removed = String.join("", new TreeSet<>(delta.remove()));
    return (delta.clear() ? "=" + added : added.isEmpty() ? "" : "+" + added)
        + (removed.isEmpty() ? "" : "-" + removed);
  }
}
