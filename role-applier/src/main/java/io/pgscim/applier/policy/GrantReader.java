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
 * Reads one element of {@code grants}, {@code public} or {@code sensitive}: on which objects, which
 * privileges.
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

  /** Where privileges on objects are spoken of. */
  enum Section {
    /** What access roles are given. */
    GRANTS("a grant", "privileges", "[SELECT]"),
    /** What everybody loses. */
    PUBLIC("public", "revoke", "[CONNECT]"),
    /** Who has what is listed; all privileges where none are named. */
    SENSITIVE("sensitive", "privileges", "[SELECT]");

    private final String words;
    private final String privilegesKey;
    private final String example;

    Section(String words, String privilegesKey, String example) {
      this.words = words;
      this.privilegesKey = privilegesKey;
      this.example = example;
    }
  }

  private final Problems problems;
  private final Scope scope;
  private final Section section;

  GrantReader(Problems problems, Scope scope, Section section) {
    this.problems = problems;
    this.scope = scope;
    this.section = section;
  }

  /** What the element means; nothing, and a problem, when it means nothing. */
  List<ObjectGrant> read(Node node) {
    var grant = new YamlMap(node, section.words, problems);
    Optional<String> database =
        grant
            .requiredText(
                "database", scope.databases().isEmpty() ? "app" : scope.databases().get(0))
            .filter(name -> known(grant, name));
    Optional<Node> privileges =
        section == Section.SENSITIVE
            ? grant.get(section.privilegesKey).or(() -> Optional.of(node))
            : grant.required(section.privilegesKey, section.example);
    Set<String> words = new TreeSet<>();
    grant.texts(section.privilegesKey).forEach(word -> words.add(privilege(word)));
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
            : kinds.stream()
                .flatMap(kind -> qualified(grant, kind).stream())
                .map(name -> Selection.of(List.of(name.schema())))
                .findFirst();
    if (grant.has("columns")) {
      return columns(grant, database, schemas, or(privileges, grant, ObjectKind.COLUMN));
    }
    if (!kinds.isEmpty()) {
      return objects(grant, kinds.getFirst(), database, schemas, owners, privileges);
    }
    return List.of(
        schemas.isEmpty()
            ? new OnDatabase(database, or(privileges, grant, ObjectKind.DATABASE))
            : new OnObjects(
                database,
                ObjectKind.SCHEMA,
                Optional.empty(),
                schemas.get(),
                owners,
                or(privileges, grant, ObjectKind.SCHEMA)));
  }

  /** Those, or all that such an object can have where none need be named. */
  private Set<String> or(Set<String> privileges, YamlMap grant, ObjectKind kind) {
    return section == Section.SENSITIVE && !grant.has(section.privilegesKey)
        ? Set.copyOf(kind.privileges)
        : privileges;
  }

  private record Qualified(String schema, String name) {}

  /** {@code table: crm.customers} says the schema too, where nothing else does. */
  private static Optional<Qualified> qualified(YamlMap grant, String one) {
    if (!grant.has(one) || grant.has("schema") || grant.has("schemas")) {
      return Optional.empty();
    }
    return grant
        .get(one)
        .filter(node -> KINDS.get(one).inSchema() && node instanceof ScalarNode)
        .map(node -> ((ScalarNode) node).getValue().split("\\.", -1))
        .filter(parts -> parts.length == 2)
        .map(parts -> new Qualified(parts[0], parts[1]));
  }

  private List<ObjectGrant> objects(
      YamlMap grant,
      String word,
      String database,
      Optional<Selection> schemas,
      List<String> owners,
      Set<String> named) {
    ObjectKind kind = KINDS.get(word);
    if (section == Section.SENSITIVE && (kind == ObjectKind.TYPE || kind == ObjectKind.SERVER)) {
      throw new IllegalArgumentException(
          "sensitive are databases, schemas, tables, columns, sequences and routines; "
              + word
              + "s hold nothing that can be read");
    }
    Set<String> privileges = or(named, grant, kind);
    Selection objects = selection(grant, word);
    if (objects.all() && kind == ObjectKind.ROUTINE && !word.equals("routine")) {
      throw new IllegalArgumentException(
          word
              + "s: '*' is more than PostgreSQL can tell apart tomorrow; write routines: '*', or"
              + " name them");
    }
    if (kind.inSchema() && schemas.isEmpty()) {
      throw new IllegalArgumentException(
          "say in which schema: schema: …, or schemas: '*', or "
              + word
              + ": schema.name for a single one");
    }
    List<Optional<String>> places = new ArrayList<>();
    if (schemas.isEmpty() || schemas.get().all()) {
      places.add(Optional.empty());
    } else {
      schemas.get().names().forEach(name -> places.add(Optional.of(name)));
    }
    if (section == Section.PUBLIC
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
      String itself = qualified(grant, one).map(Qualified::name).orElse(name);
      return Selection.of(List.of(new Identifier(itself).name()));
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
