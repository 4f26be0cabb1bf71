package io.pgscim.applier.policy;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code login_roles}. */
final class LoginRolesReader {
  /** A parameter's name, as {@code SHOW ALL} and extensions spell them. */
  private static final Pattern SETTING = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)?");

  /** These would make the session somebody else. */
  private static final Set<String> FORBIDDEN = Set.of("role", "session_authorization");

  private final Problems problems;

  LoginRolesReader(Problems problems) {
    this.problems = problems;
  }

  /** The section; null when a part of it could not be read. */
  LoginRoles read(Node node) {
    var section = new YamlMap(node, "login_roles", problems);
    UserFilter condition =
        problems.checked(
            section.get("for").orElse(node),
            section.text("for").orElse("active eq true"),
            UserFilter::of);
    NameTemplate name =
        problems.checked(
            section.get("name").orElse(node),
            section.text("name").orElse("{userName}"),
            NameTemplate::of);
    Integer limit = connectionLimit(section);
    Map<String, String> settings = section.map("settings").map(this::settings).orElse(Map.of());
    Authentication authentication =
        problems.checked(
            section.get("authentication").orElse(node),
            section.text("authentication").orElse("password"),
            Authentication::named);
    Adoption adoption =
        section.map("adopt").map(new AdoptionReader(problems)::read).orElse(Adoption.NONE);
    Leaver leaver =
        section.map("leaver").map(new LeaverReader(problems)::read).orElse(Leaver.STAYS);
    section.end();
    return condition == null || name == null || limit == null || authentication == null
        ? null
        : new LoginRoles(condition, name, limit, settings, authentication, adoption, leaver);
  }

  private Integer connectionLimit(YamlMap section) {
    return problems.checked(
        section.get("connection_limit").orElse(section.node()),
        section.text("connection_limit").orElse("-1"),
        text -> {
          if (!text.matches("-1|[0-9]{1,6}")) {
            throw new IllegalArgumentException(
                "'connection_limit' must be a number, or -1 for none, not " + text);
          }
          return Integer.valueOf(text);
        });
  }

  private Map<String, String> settings(YamlMap section) {
    section
        .named()
        .forEach(
            (name, node) -> {
              if (FORBIDDEN.contains(name) || !SETTING.matcher(name).matches()) {
                problems.add(
                    node,
                    "'"
                        + name
                        + "' cannot be set for a role here; write a parameter as SHOW ALL"
                        + " spells it, other than role and session_authorization");
              }
            });
    return PolicyReader.texts(section);
  }
}
