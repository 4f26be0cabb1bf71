package io.pgscim.applier.access;

import io.pgscim.applier.access.SecuredObject.Item;
import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.policy.ObjectKind;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Asks the catalogs of one database, roles and memberships among them: two round trips. */
public final class AccessCatalog {
  private static final String OBJECT = Sql.of(AccessCatalog.class, "object");
  static final String ROLES = Sql.of(AccessCatalog.class, "roles");
  private static final String MEMBERSHIPS = Sql.of(AccessCatalog.class, "memberships");

  /** Nobody waits longer, and no query of somebody who asks holds up the server. */
  private static final String LIMITS =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;"
          + " SET LOCAL statement_timeout = '10s'";

  private AccessCatalog() {}

  /** Makes a transaction that has done nothing yet one that only looks, and not for long. */
  public static void restrict(Transaction transaction) {
    transaction.send(LIMITS);
  }

  /**
   * Who can do what to these objects.
   *
   * @param transaction in the objects' database
   * @return the answers, in the order of the questions
   */
  public static List<Lookup> whoCan(Transaction transaction, List<Question> questions) {
    List<CompletableFuture<RowSet<Row>>> asked =
        questions.stream().map(question -> ask(transaction, question.object())).toList();
    List<List<Found>> found = asked.stream().map(rows -> objects(transaction.await(rows))).toList();
    Roles roles = roles(transaction, found.stream().flatMap(List::stream).toList());
    List<Lookup> answers = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      answers.add(answer(questions.get(i), found.get(i), roles));
    }
    return answers;
  }

  private static Lookup answer(Question question, List<Found> found, Roles roles) {
    Optional<Target> there = target(question.object(), found);
    if (there.isEmpty()) {
      return new Lookup.NoSuchObject(missing(question.object(), found));
    }
    Target target = there.get();
    Set<String> privileges = target.privileges();
    if (!privileges.containsAll(question.privileges())) {
      return new Lookup.NoSuchPrivilege(
          "a %s has no such privilege; it has %s"
              .formatted(word(target.kind()), String.join(", ", privileges)));
    }
    if (!question.privileges().isEmpty()) {
      privileges = question.privileges();
    }
    return new Lookup.Found(
        word(target.kind()),
        new TreeSet<>(privileges),
        WhoCan.of(target, privileges, roles, Role::canLogin));
  }

  /** One object with the names of its argument types, both spellings, where it is a routine. */
  private record Found(SecuredObject object, List<String> types, List<String> typeNames) {
    boolean takes(List<String> arguments) {
      if (types.size() != arguments.size()) {
        return false;
      }
      for (int i = 0; i < types.size(); i++) {
        String asked = arguments.get(i);
        if (!asked.equalsIgnoreCase(types.get(i)) && !asked.equalsIgnoreCase(typeNames.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  private static CompletableFuture<RowSet<Row>> ask(Transaction transaction, ObjectName name) {
    return transaction.query(
        OBJECT,
        Tuple.of(
            name.schema().orElse(null),
            name.name().orElse(null),
            name.column().orElse(null),
            name.arguments().isPresent()));
  }

  private static List<Found> objects(RowSet<Row> rows) {
    record Key(String kind, long oid, String column) {}
    Map<Key, List<Row>> byObject = new LinkedHashMap<>();
    for (Row row : rows) {
      byObject
          .computeIfAbsent(
              new Key(row.getString("kind"), row.getLong("oid"), row.getString("column")),
              key -> new ArrayList<>())
          .add(row);
    }
    return byObject.values().stream().map(AccessCatalog::found).toList();
  }

  private static Found found(List<Row> rows) {
    return new Found(
        object(rows), texts(rows.getFirst(), "types"), texts(rows.getFirst(), "type_names"));
  }

  /** All rows of one object. */
  static SecuredObject object(List<Row> rows) {
    Row first = rows.getFirst();
    var kind = ObjectKind.valueOf(first.getString("kind"));
    List<Item> acl = new ArrayList<>();
    for (Row row : rows) {
      if (row.getString("privilege") != null) {
        acl.add(
            new Item(
                row.getLong("grantee"), row.getString("privilege"), row.getBoolean("grantable")));
      }
    }
    return new SecuredObject(
        kind,
        Optional.ofNullable(first.getString("column")),
        first.getLong("owner"),
        kind == ObjectKind.COLUMN
            ? Set.copyOf(kind.privileges)
            : Set.of(first.getArrayOfStrings("privileges")),
        first.getBoolean("open")
            ? Optional.empty()
            : Optional.of("the database accepts no connections"),
        first.getBoolean("secured"),
        first.getBoolean("forced"),
        first.getBoolean("system"),
        acl);
  }

  static List<String> texts(Row row, String column) {
    String[] texts = row.getArrayOfStrings(column);
    return texts == null ? List.of() : List.of(texts);
  }

  private static Optional<Target> target(ObjectName name, List<Found> found) {
    SecuredObject database = first(found, ObjectKind.DATABASE).orElseThrow();
    Optional<SecuredObject> schema = first(found, ObjectKind.SCHEMA);
    if (name.schema().isEmpty()) {
      return Optional.of(new Target(database, Optional.empty(), database, List.of(), false));
    }
    if (name.name().isEmpty()) {
      return schema.map(object -> new Target(database, Optional.empty(), object, List.of(), false));
    }
    if (name.arguments().isPresent()) {
      return found.stream()
          .filter(one -> one.object().kind() == ObjectKind.ROUTINE)
          .filter(one -> one.takes(name.arguments().get()))
          .findFirst()
          .map(one -> new Target(database, schema, one.object(), List.of(), false));
    }
    List<SecuredObject> columns =
        found.stream().map(Found::object).filter(o -> o.kind() == ObjectKind.COLUMN).toList();
    if (name.column().isPresent() && columns.isEmpty()) {
      return Optional.empty();
    }
    return first(found, ObjectKind.TABLE)
        .or(() -> first(found, ObjectKind.SEQUENCE))
        .map(object -> new Target(database, schema, object, columns, name.column().isPresent()));
  }

  private static Optional<SecuredObject> first(List<Found> found, ObjectKind kind) {
    return found.stream().map(Found::object).filter(object -> object.kind() == kind).findFirst();
  }

  private static String missing(ObjectName name, List<Found> found) {
    if (first(found, ObjectKind.SCHEMA).isEmpty()) {
      return "the database has no schema of that name";
    }
    if (name.arguments().isPresent()) {
      List<String> others =
          found.stream()
              .filter(one -> one.object().kind() == ObjectKind.ROUTINE)
              .map(one -> "(" + String.join(", ", one.types()) + ")")
              .toList();
      return others.isEmpty()
          ? "the schema has no function or procedure of that name"
          : "the function or procedure takes other arguments: " + String.join(" or ", others);
    }
    return first(found, ObjectKind.TABLE).isPresent()
        ? "the relation has no column of that name"
        : "the schema has no table, view or sequence of that name";
  }

  private static Roles roles(Transaction transaction, List<Found> found) {
    Set<Long> leading = new TreeSet<>();
    for (Found one : found) {
      leading.add(one.object().owner());
      one.object().acl().forEach(item -> leading.add(item.grantee()));
    }
    var rolesAsked = transaction.query(ROLES, Tuple.tuple());
    var membershipsAsked =
        transaction.query(MEMBERSHIPS, Tuple.of((Object) leading.toArray(Long[]::new)));
    List<Role> roles = roles(transaction.await(rolesAsked));
    List<Roles.Membership> memberships = memberships(transaction.await(membershipsAsked));
    memberships.addAll(ofTheDatabaseOwner(found, roles));
    return new Roles(roles, memberships);
  }

  static List<Role> roles(RowSet<Row> rows) {
    List<Role> roles = new ArrayList<>();
    for (Row row : rows) {
      roles.add(
          new Role(
              row.getLong("oid"),
              row.getString("name"),
              row.getBoolean("can_login"),
              row.getBoolean("superuser"),
              row.getBoolean("bypassrls")));
    }
    return roles;
  }

  static List<Roles.Membership> memberships(RowSet<Row> rows) {
    List<Roles.Membership> memberships = new ArrayList<>();
    for (Row row : rows) {
      memberships.add(
          new Roles.Membership(
              row.getLong("role"),
              row.getLong("member"),
              row.getBoolean("inherit"),
              row.getBoolean("set"),
              row.getBoolean("admin")));
    }
    return memberships;
  }

  /** The one membership that is in no catalog. */
  private static List<Roles.Membership> ofTheDatabaseOwner(List<Found> found, List<Role> roles) {
    return ofTheDatabaseOwner(first(found, ObjectKind.DATABASE).orElseThrow(), roles);
  }

  static List<Roles.Membership> ofTheDatabaseOwner(SecuredObject database, List<Role> roles) {
    return roles.stream()
        .filter(role -> role.name().equals("pg_database_owner"))
        .map(role -> new Roles.Membership(role.oid(), database.owner(), true, true, false))
        .toList();
  }

  static String word(ObjectKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
