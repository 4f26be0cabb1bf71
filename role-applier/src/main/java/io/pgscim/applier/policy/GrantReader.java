package io.pgscim.applier.policy;

import io.pgscim.applier.policy.ObjectGrant.OnColumns;
import io.pgscim.applier.policy.ObjectGrant.OnDatabase;
import io.pgscim.applier.policy.ObjectGrant.OnObjects;
import io.pgscim.applier.policy.PolicyReader.Scope;
import io.pgscim.applier.sql.Identifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads one element of {@code grants}, or of {@code public}: on which objects, which privileges.
 */
final class GrantReader {
  /** The singular and the plural of what may be granted on. */
  private static final Map<String, ObjectKind> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("table", ObjectKind.TABLE);
    KINDS.put("sequence", ObjectKind.SEQUENCE);
    KINDS.put("routine", ObjectKind.ROUTINE);
    KINDS.put("function", ObjectKind.ROUTINE);
    KINDS.put("procedure", ObjectKind.ROUTINE);
    KINDS.put("type", ObjectKind.TYPE);
    KINDS.put("server", ObjectKind.SERVER);
  }

  private static final String LARGE_OBJECTS =
      "cannot be granted on here: they have numbers that the database gives out, and no names;"
          + " let a function of their owner read them and grant on that";

  private final Problems problems;
  private final Scope scope;
  private final String what;
  private final String privilegesKey;

  private GrantReader(Problems problems, Scope scope, String what, String privilegesKey) {
    this.problems = problems;
    this.scope = scope;
    this.what = what;
    this.privilegesKey = privilegesKey;
  }

  /** For what access roles are given. */
  static GrantReader ofGrants(Problems problems, Scope scope) {
    return new GrantReader(problems, scope, "a grant", "privileges");
  }

  /** For what everybody loses. */
  static GrantReader ofPublic(Problems problems, Scope scope) {
    return new GrantReader(problems, scope, "public", "revoke");
  }

  /** What the element means; nothing, and a problem, when it means nothing. */
  List<ObjectGrant> read(Node node) {
    var grant = new YamlMap(node, what, problems);
    Optional<String> database =
        grant
            .requiredText(
                "database", scope.databases().isEmpty() ? "app" : scope.databases().get(0))
            .filter(name -> known(grant, name));
    Optional<Node> privileges =
        grant.required(privilegesKey, privilegesKey.equals("revoke") ? "[CONNECT]" : "[SELECT]");
    Set<String> words = new TreeSet<>();
    grant.texts(privilegesKey).forEach(word -> words.add(privilege(word)));
    grant.refuse("large_objects", LARGE_OBJECTS);
    List<ObjectGrant> read =
        database.isEmpty() || privileges.isEmpty()
            ? null
            : problems.checked(privileges.get(), words, w -> grants(grant, database.get(), w));
    KINDS.keySet().forEach(kind -> grant.know(kind, kind + "s"));
    grant.know("schema", "schemas", "columns", "owners");
    grant.end();
    return read == null ? List.of() : read;
  }

  private List<ObjectGrant> grants(YamlMap grant, String database, Set<String> privileges) {
    List<String> kinds =
        KINDS.keySet().stream().filter(k -> grant.has(k) || grant.has(k + "s")).toList();
    if (kinds.size() > 1) {
      throw new IllegalArgumentException(
          kinds.get(0) + "s and " + kinds.get(1) + "s need a grant each");
    }
    List<String> owners = grant.has("owners") ? names(grant, "owners") : scope.owners();
    Optional<Selection> schemas =
        grant.has("schema") || grant.has("schemas")
            ? Optional.of(selection(grant, "schema"))
            : Optional.empty();
    if (grant.has("columns")) {
      return columns(grant, database, schemas, privileges);
    }
    if (!kinds.isEmpty()) {
      return objects(grant, kinds.getFirst(), database, schemas, owners, privileges);
    }
    return List.of(
        schemas.isEmpty()
            ? new OnDatabase(database, privileges)
            : new OnObjects(
                database, ObjectKind.SCHEMA, Optional.empty(), schemas.get(), owners, privileges));
  }

  private List<ObjectGrant> objects(
      YamlMap grant,
      String word,
      String database,
      Optional<Selection> schemas,
      List<String> owners,
      Set<String> privileges) {
    ObjectKind kind = KINDS.get(word);
    Selection objects = selection(grant, word);
    if (objects.all() && kind == ObjectKind.ROUTINE && !word.equals("routine")) {
      throw new IllegalArgumentException(
          word
              + "s: '*' is more than PostgreSQL can tell apart tomorrow; write routines: '*', or"
              + " name them");
    }
    if (kind.inSchema() && schemas.isEmpty()) {
      throw new IllegalArgumentException("say in which schema: schema: …, or schemas: '*'");
    }
    List<Optional<String>> places = new ArrayList<>();
    if (schemas.isEmpty() || schemas.get().all()) {
      places.add(Optional.empty());
    } else {
      schemas.get().names().forEach(name -> places.add(Optional.of(name)));
    }
    if (what.equals("public")
        && objects.all()
        && !places.getFirst().isEmpty()
        && (kind == ObjectKind.ROUTINE || kind == ObjectKind.TYPE)) {
      throw new IllegalArgumentException(
          "PostgreSQL cannot keep tomorrow's "
              + kind.plural()
              + " of one schema from PUBLIC; write schemas: '*', or name them");
    }
    return places.stream()
        .<ObjectGrant>map(
            schema -> new OnObjects(database, kind, schema, objects, owners, privileges))
        .toList();
  }

  private List<ObjectGrant> columns(
      YamlMap grant, String database, Optional<Selection> schemas, Set<String> privileges) {
    if (!grant.has("table") || schemas.isEmpty() || schemas.get().names().size() != 1) {
      throw new IllegalArgumentException(
          "columns belong to one table of one schema: schema: …, table: …");
    }
    return List.of(
        new OnColumns(
            database,
            schemas.get().names().getFirst(),
            selection(grant, "table").names().getFirst(),
            names(grant, "columns"),
            privileges));
  }

  /** {@code tables: '*'}, {@code tables: [a, b]} or {@code table: a}. */
  private Selection selection(YamlMap grant, String one) {
    String many = one + "s";
    if (grant.has(one)) {
      if (grant.has(many)) {
        throw new IllegalArgumentException("write either " + one + " or " + many);
      }
      String name =
          grant
              .text(one)
              .orElseThrow(() -> new IllegalArgumentException("'" + one + "' has no name"));
      if (name.equals("*")) {
        throw new IllegalArgumentException("write " + many + ": '*'");
      }
      return Selection.of(List.of(new Identifier(name).name()));
    }
    Node node = grant.get(many).orElseThrow();
    if (node instanceof ScalarNode scalar && scalar.getValue().equals("*")) {
      return Selection.ALL;
    }
    return Selection.of(names(grant, many));
  }

  private static List<String> names(YamlMap grant, String key) {
    List<String> names = grant.texts(key);
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + key + "' must name at least one: a list of names, or '*' (in quotes) for all");
    }
    names.forEach(Identifier::new);
    return names;
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

  /** PostgreSQL reads {@code TEMP} as {@code TEMPORARY} and stores the latter. */
  private static String privilege(String word) {
    String upper = word.toUpperCase(Locale.ROOT);
    return upper.equals("TEMP") ? "TEMPORARY" : upper;
  }
}
