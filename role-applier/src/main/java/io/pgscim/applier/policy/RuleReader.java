package io.pgscim.applier.policy;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one of {@code rules}. */
final class RuleReader {
  private static final String NO_WINDOWS =
      "is not enforced by this version, so the access would never end; leave the rule out or end"
          + " the membership at its source";

  private final Problems problems;
  private final Set<String> accessRoles;

  RuleReader(Problems problems, Set<String> accessRoles) {
    this.problems = problems;
    this.accessRoles = accessRoles;
  }

  Optional<Rule> read(Node node) {
    var rule = new YamlMap(node, "a rule", problems);
    Optional<String> group = rule.text("group");
    Optional<UserFilter> users =
        rule.text("users")
            .map(text -> problems.checked(rule.get("users").orElseThrow(), text, UserFilter::of));
    Set<String> gives = gives(rule);
    rule.refuse("for", NO_WINDOWS);
    rule.refuse("until", NO_WINDOWS);
    rule.refuse("when", "is not served by this version; write users: with the same filter");
    rule.end();
    if (!rule.has("group") && !rule.has("users")) {
      problems.add(node, "a rule needs group: or users:, for example group: analysts");
    }
    return group.isEmpty() && users.isEmpty()
        ? Optional.empty()
        : Optional.of(new Rule(group, users, gives));
  }

  private Set<String> gives(YamlMap rule) {
    Set<String> gives = new TreeSet<>();
    rule.required("gives", "[analytics_read]");
    for (String role : rule.texts("gives")) {
      if (accessRoles.contains(role)) {
        gives.add(role);
      } else {
        problems.add(
            rule.get("gives").orElseThrow(),
            "a rule gives " + role + ", which is not one of this file's access_roles");
      }
    }
    return gives;
  }
}
