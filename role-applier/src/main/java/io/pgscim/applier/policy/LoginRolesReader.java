package io.pgscim.applier.policy;

import java.util.HashMap;
import java.util.List;
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
  private final List<String> databases;

  LoginRolesReader(Problems problems, List<String> databases) {
    this.problems = problems;
    this.databases = databases;
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
    LoginLook look = look(section, new LoginLook(-1, Map.of()));
    Map<String, LoginLook> byUserType = new HashMap<>();
    for (Map.Entry<String, Node> type :
        section.map("by_user_type").map(YamlMap::named).orElse(Map.of()).entrySet()) {
      var other = new YamlMap(type.getValue(), "by_user_type", problems);
      byUserType.put(type.getKey(), look(other, look));
      other.end();
    }
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
    return condition == null || name == null || authentication == null || !problems.none()
        ? null
        : new LoginRoles(condition, name, look, byUserType, authentication, adoption, leaver);
  }

  /** What the section says, and where it says nothing what holds otherwise. */
  private LoginLook look(YamlMap section, LoginLook otherwise) {
    Integer limit = connectionLimit(section, otherwise.connectionLimit());
    Map<String, String> settings = new HashMap<>(otherwise.settings());
    section.map("settings").map(this::settings).ifPresent(settings::putAll);
    section.map("in_database").ifPresent(map -> settings.putAll(inDatabases(map)));
    return new LoginLook(limit == null ? otherwise.connectionLimit() : limit, settings);
  }

  private Integer connectionLimit(YamlMap section, int otherwise) {
    return problems.checked(
        section.get("connection_limit").orElse(section.node()),
        section.text("connection_limit").orElse(Integer.toString(otherwise)),
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

  private Map<String, String> inDatabases(YamlMap section) {
    Map<String, String> settings = new HashMap<>();
    section
        .named()
        .forEach(
            (database, node) -> {
              if (!databases.contains(database)) {
                problems.add(
                    node,
                    "database " + database + " is not managed; add it to databases: at the top");
              }
              settings(new YamlMap(node, "in_database", problems))
                  .forEach((name, value) -> settings.put(name + "@" + database, value));
            });
    return settings;
  }
}
