package io.pgscim.applier.policy;

import io.pgscim.applier.sql.Identifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.Node;

/** Makes a policy of a YAML document, or problems. */
final class PolicyReader {
  private final Problems problems;

  PolicyReader(Problems problems) {
    this.problems = problems;
  }

  /** The policy; null, or unusable, when problems were found. */
  Policy read(Node root) {
    var file = new YamlMap(root, "the policy", problems);
    Optional<String> cluster = file.requiredText("cluster", "production");
    List<String> databases = names(file, "databases", "[app]");
    List<String> owners = file.has("owners") ? names(file, "owners", "[app_owner]") : List.of();
    LoginRoles loginRoles =
        file.required("login_roles", "{ for: 'active eq true', name: '{userName}' }")
            .map(node -> new LoginRolesReader(problems, databases).read(node))
            .orElse(null);
    Limits limits = new LimitsReader(problems).read(file);
    Scope scope = new Scope(databases, owners, limits.neverGive());
    Map<String, AccessRole> accessRoles = accessRoles(file, scope);
    List<ObjectGrant> everybody = objects(file, "public", scope, GrantReader.Section.PUBLIC);
    List<Rule> rules = rules(file, accessRoles.keySet(), scope);
    Mode mode = mode(file);
    List<ObjectGrant> sensitive = objects(file, "sensitive", scope, GrantReader.Section.SENSITIVE);
    file.know(Assembly.EXTENDS, Variables.KEY); // They are in place by now.
    file.end();
    return problems.none()
        ? new Policy(
            cluster.orElseThrow(),
            databases,
            owners,
            loginRoles,
            accessRoles,
            everybody,
            rules,
            limits,
            mode,
            sensitive)
        : null;
  }

  /**
   * What parts of the file may refer to.
   *
   * @param neverGive roles to which nothing may lead
   */
  record Scope(List<String> databases, List<String> owners, Set<String> neverGive) {

    /** Says so when nobody may have the role. */
    void checkGiven(Problems problems, Node node, String who, String role) {
      if (neverGive.contains(role)) {
        problems.add(
            node, who + " " + role + ", which limits.never_give forbids; take one of them out");
      }
    }
  }

  private List<String> names(YamlMap file, String key, String example) {
    List<String> names = new ArrayList<>();
    file.required(key, example)
        .ifPresent(
            node ->
                file.texts(key)
                    .forEach(
                        name -> {
                          if (problems.checked(node, name, Identifier::new) != null) {
                            names.add(name);
                          }
                        }));
    return names;
  }

  private Map<String, AccessRole> accessRoles(YamlMap file, Scope scope) {
    Map<String, AccessRole> roles = new TreeMap<>();
    Map<String, Node> nodes = file.map("access_roles").map(YamlMap::named).orElse(Map.of());
    var reader = new AccessRoleReader(problems, scope, nodes.keySet());
    nodes.forEach((name, node) -> roles.put(name, reader.read(name, node)));
    roles.forEach(
        (name, role) -> {
          if (contains(roles, role, name, new HashSet<>())) {
            problems.add(
                nodes.get(name),
                name + " is a member of itself through member_of; break the circle");
          }
        });
    return roles;
  }

  private List<ObjectGrant> objects(
      YamlMap file, String key, Scope scope, GrantReader.Section section) {
    List<ObjectGrant> objects = new ArrayList<>();
    var reader = new GrantReader(problems, scope, section);
    for (Node node : file.list(key)) {
      objects.addAll(reader.read(node));
    }
    return objects;
  }

  private static boolean contains(
      Map<String, AccessRole> roles, AccessRole from, String name, Set<String> seen) {
    for (String parent : from.memberOf()) {
      if (parent.equals(name)
          || (seen.add(parent)
              && roles.containsKey(parent)
              && contains(roles, roles.get(parent), name, seen))) {
        return true;
      }
    }
    return false;
  }

  private List<Rule> rules(YamlMap file, Set<String> accessRoles, Scope scope) {
    List<Rule> rules = new ArrayList<>();
    var reader = new RuleReader(problems, accessRoles, scope);
    for (Node node : file.list("rules")) {
      reader.read(node).ifPresent(rules::add);
    }
    return rules;
  }

  private Mode mode(YamlMap file) {
    return switch (file.text("mode").orElse("enforce")) {
      case "enforce" -> Mode.ENFORCE;
      case "observe" -> Mode.OBSERVE;
      default -> {
        problems.add(
            file.get("mode").orElse(file.node()),
            "'mode' is enforce or observe; leave it out for enforce");
        yield Mode.ENFORCE;
      }
    };
  }

  /** A mapping of names to texts, such as settings. */
  static Map<String, String> texts(YamlMap map) {
    Map<String, String> texts = new HashMap<>();
    map.named().keySet().forEach(key -> map.text(key).ifPresent(value -> texts.put(key, value)));
    return texts;
  }
}
