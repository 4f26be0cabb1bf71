package io.pgscim.applier.policy;

import io.pgscim.applier.policy.ObjectGrant.OnColumns;
import io.pgscim.applier.policy.ObjectGrant.OnDatabase;
import io.pgscim.applier.policy.ObjectGrant.OnSchema;
import io.pgscim.applier.policy.ObjectGrant.OnSequences;
import io.pgscim.applier.policy.ObjectGrant.OnTables;
import io.pgscim.applier.policy.PolicyReader.Scope;
import io.pgscim.applier.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads one of {@code access_roles}. */
final class AccessRoleReader {
  private static final String NOT_SERVED = "is not served by this version; leave this grant out";

  private final Problems problems;
  private final Scope scope;
  private final Set<String> accessRoles;

  /**
   * @param accessRoles the names of all access roles of the file
   */
  AccessRoleReader(Problems problems, Scope scope, Set<String> accessRoles) {
    this.problems = problems;
    this.scope = scope;
    this.accessRoles = accessRoles;
  }

  AccessRole read(String name, Node node) {
    RoleNames.refusal(name)
        .ifPresent(reason -> problems.add(node, "an access role cannot be named so: " + reason));
    var role = new YamlMap(node, "access role " + name, problems);
    List<ObjectGrant> grants = new ArrayList<>();
    for (Node grant : role.list("grants")) {
      read(new YamlMap(grant, "a grant", problems)).ifPresent(grants::add);
    }
    Set<String> memberOf = new TreeSet<>();
    for (String parent : role.texts("member_of")) {
      if (accessRoles.contains(parent)) {
        memberOf.add(parent);
      } else {
        problems.add(
            role.get("member_of").orElse(node),
            "member_of names " + parent + ", which is not one of this file's access_roles");
      }
    }
    boolean adopted = adopted(role);
    role.end();
    return new AccessRole(name, grants, memberOf, adopted);
  }

  private boolean adopted(YamlMap role) {
    Optional<String> adopt = role.text("adopt");
    adopt
        .filter(text -> !text.equals("true") && !text.equals("false"))
        .ifPresent(
            text ->
                problems.add(
                    role.get("adopt").orElseThrow(), "'adopt' is true or false, not " + text));
    return adopt.filter("true"::equals).isPresent();
  }

  private Optional<ObjectGrant> read(YamlMap grant) {
    Optional<String> database =
        grant
            .requiredText(
                "database", scope.databases().isEmpty() ? "app" : scope.databases().get(0))
            .filter(name -> known(grant, name));
    Optional<Node> privileges = grant.required("privileges", "[SELECT]");
    Optional<String> schema = name(grant, "schema");
    Set<String> words = new TreeSet<>();
    grant.texts("privileges").forEach(word -> words.add(privilege(word)));
    for (String later : List.of("functions", "types", "large_objects", "public")) {
      grant.refuse(later, NOT_SERVED);
    }
    ObjectGrant read =
        database.isEmpty() || privileges.isEmpty()
            ? null
            : problems.checked(
                privileges.get(), words, w -> grant(grant, database.get(), schema, w));
    grant.end();
    return Optional.ofNullable(read);
  }

  private ObjectGrant grant(
      YamlMap grant, String database, Optional<String> schema, Set<String> privileges) {
    boolean tables = grant.has("tables") || grant.has("table");
    boolean sequences = grant.has("sequences") || grant.has("sequence");
    if (tables && sequences) {
      throw new IllegalArgumentException("tables and sequences need a grant each");
    }
    if (schema.isEmpty()) {
      if (tables || sequences) {
        throw new IllegalArgumentException("say in which schema: schema: …");
      }
      return new OnDatabase(database, privileges);
    }
    if (grant.has("columns")) {
      return columns(grant, database, schema.get(), privileges);
    }
    if (tables) {
      return new OnTables(database, schema.get(), selection(grant, "tables", "table"), privileges);
    }
    if (sequences) {
      return new OnSequences(
          database, schema.get(), selection(grant, "sequences", "sequence"), privileges);
    }
    return new OnSchema(database, schema.get(), privileges);
  }

  private ObjectGrant columns(
      YamlMap grant, String database, String schema, Set<String> privileges) {
    String table =
        name(grant, "table")
            .orElseThrow(
                () -> new IllegalArgumentException("columns belong to one table: table: …"));
    List<String> columns = grant.texts("columns");
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("'columns' must name at least one");
    }
    columns.forEach(Identifier::new);
    return new OnColumns(database, schema, table, columns, privileges);
  }

  /** {@code tables: '*'}, {@code tables: [a, b]} or {@code table: a}. */
  private Selection selection(YamlMap grant, String many, String one) {
    if (grant.has(one)) {
      if (grant.has(many)) {
        throw new IllegalArgumentException("write either " + one + " or " + many);
      }
      return Selection.of(
          List.of(
              name(grant, one)
                  .orElseThrow(() -> new IllegalArgumentException("'" + one + "' has no name"))));
    }
    Node node = grant.get(many).orElseThrow();
    if (node instanceof ScalarNode scalar && scalar.getValue().equals("*")) {
      if (scope.owners().isEmpty()) {
        throw new IllegalArgumentException(
            many
                + ": '*' means tomorrow's too: say at the top whose, for example owners:"
                + " [app_owner]");
      }
      return Selection.ALL;
    }
    List<String> names = grant.texts(many);
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + many + "' must be '*' (in quotes) or a list of names");
    }
    names.forEach(Identifier::new);
    return Selection.of(names);
  }

  private boolean known(YamlMap grant, String database) {
    if (!scope.databases().contains(database)) {
      problems.add(
          grant.get("database").orElse(grant.node()),
          "database " + database + " is not managed; add it to databases: at the top");
      return false;
    }
    return true;
  }

  private Optional<String> name(YamlMap grant, String key) {
    return grant
        .text(key)
        .filter(
            name -> problems.checked(grant.get(key).orElseThrow(), name, Identifier::new) != null);
  }

  /** PostgreSQL reads {@code TEMP} as {@code TEMPORARY} and stores the latter. */
  private static String privilege(String word) {
    String upper = word.toUpperCase(Locale.ROOT);
    return upper.equals("TEMP") ? "TEMPORARY" : upper;
  }
}
