package io.pgscim.applier.policy;

import io.pgscim.applier.sql.Identifier;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads {@code login_roles.adopt}. */
final class AdoptionReader {
  private final Problems problems;
  private final Map<String, String> byId = new HashMap<>();
  private final Map<String, String> byUserName = new HashMap<>();
  private final Map<String, String> byExternalId = new HashMap<>();

  AdoptionReader(Problems problems) {
    this.problems = problems;
  }

  Adoption read(YamlMap adopt) {
    adopt
        .named()
        .forEach(
            (role, node) -> {
              problems.checked(node, role, Identifier::new);
              RoleNames.reserved(role)
                  .ifPresent(reason -> problems.add(node, "it is never adopted: " + reason));
              person(role, new YamlMap(node, "adopt." + role, problems));
            });
    return new Adoption(byId, byUserName, byExternalId);
  }

  private void person(String role, YamlMap person) {
    List<Boolean> named =
        List.of(
            person.text("id").map(id -> put(person, byId, id, role)).orElse(false),
            person
                .text("userName")
                .map(name -> put(person, byUserName, name.toLowerCase(Locale.ROOT), role))
                .orElse(false),
            person.text("externalId").map(id -> put(person, byExternalId, id, role)).orElse(false));
    if (named.stream().filter(found -> found).count() != 1) {
      problems.add(
          person.node(),
          "one person's id, userName or externalId, for example " + role + ": { userName: ada }");
    }
    person.end();
  }

  private boolean put(YamlMap person, Map<String, String> roles, String key, String role) {
    if (roles.put(key, role) != null) {
      problems.add(person.node(), "the same person is there twice; keep one");
    }
    return true;
  }
}
