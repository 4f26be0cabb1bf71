package io.pgscim.applier.access;

import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.policy.ObjectGrant;
import io.pgscim.applier.policy.ObjectKind;
import io.pgscim.applier.policy.Selection;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * What the policy calls sensitive in one database, object by object.
 *
 * @param questions one for each object, by its name
 * @param nothing what the policy names by a pattern that nothing fits today
 */
public record Sensitive(SortedMap<String, Question> questions, List<String> nothing) {
  private static final String NAMED = Sql.of(Sensitive.class, "named");

  /** More would be read by nobody. */
  public static final int MOST = 10_000;

  public Sensitive {
    questions = new TreeMap<>(questions);
    nothing = List.copyOf(nothing);
  }

  /**
   * Reads which objects there are.
   *
   * @param transaction in that database
   * @param meant all of that database
   * @return empty when there are more than {@link #MOST}
   */
  public static Optional<Sensitive> in(Transaction transaction, List<ObjectGrant> meant) {
    var reading = new Reading();
    List<Runnable> answers = new ArrayList<>();
    for (ObjectGrant grant : meant) {
      if (isPattern(grant)) {
        var objects = (ObjectGrant.OnObjects) grant;
        CompletableFuture<RowSet<Row>> asked = ask(transaction, objects);
        answers.add(() -> reading.found(objects, transaction.await(asked)));
      } else {
        names(grant).forEach(name -> reading.add(name, grant));
      }
    }
    answers.forEach(Runnable::run);
    return reading.questions.size() > MOST
        ? Optional.empty()
        : Optional.of(new Sensitive(reading.questions, reading.nothing));
  }

  private static final class Reading {
    private final SortedMap<String, Question> questions = new TreeMap<>();
    private final List<String> nothing = new ArrayList<>();

    /** An object that is named twice is asked about once, with all that is said of it. */
    void add(ObjectName name, ObjectGrant grant) {
      questions.merge(
          name.toString(), new Question(name, asked(grant)), (one, other) -> together(one, other));
    }

    void found(ObjectGrant.OnObjects grant, RowSet<Row> rows) {
      Set<String> missing = new HashSet<>(grant.objects().names());
      for (Row row : rows) {
        missing.remove(row.getString("name"));
        Optional<List<String>> types =
            grant.kind() == ObjectKind.ROUTINE
                ? Optional.of(AccessCatalog.texts(row, "types"))
                : Optional.empty();
        add(
            new ObjectName(
                grant.database(),
                Optional.of(row.getString("schema")),
                Optional.ofNullable(row.getString("name")),
                Optional.empty(),
                types),
            grant);
      }
      if (grant.objects().all() && rows.size() == 0) {
        nothing.add(
            grant.kind().plural()
                + ": '*' in "
                + place(grant)
                + (grant.schema().isEmpty()
                    ? ", as far as " + String.join(", ", grant.owners()) + " own them"
                    : ""));
      }
      missing.forEach(
          name ->
              add(
                  new ObjectName(
                      grant.database(),
                      grant.schema(),
                      Optional.of(name),
                      Optional.empty(),
                      Optional.of(List.of())),
                  grant));
    }
  }

  private static String place(ObjectGrant.OnObjects grant) {
    return new ObjectName(
            grant.database(), grant.schema(), Optional.empty(), Optional.empty(), Optional.empty())
        .toString();
  }

  private static Question together(Question one, Question other) {
    if (one.privileges().isEmpty() || other.privileges().isEmpty()) {
      return new Question(one.object(), Set.of());
    }
    Set<String> both = new HashSet<>(one.privileges());
    both.addAll(other.privileges());
    return new Question(one.object(), both);
  }

  /** Whether only the catalog knows which objects are meant: all, or overloaded routines. */
  private static boolean isPattern(ObjectGrant grant) {
    return grant instanceof ObjectGrant.OnObjects objects
        && (objects.objects().all() || objects.kind() == ObjectKind.ROUTINE);
  }

  private static CompletableFuture<RowSet<Row>> ask(
      Transaction transaction, ObjectGrant.OnObjects grant) {
    Selection objects = grant.objects();
    return transaction.query(
        NAMED,
        Tuple.from(
            new Object[] {
              grant.kind().name(),
              grant.schema().orElse(null),
              objects.all() ? null : objects.names().toArray(String[]::new),
              grant.owners().toArray(String[]::new),
              (long) MOST + 1
            }));
  }

  private static List<ObjectName> names(ObjectGrant grant) {
    String database = grant.database();
    return switch (grant) {
      case ObjectGrant.OnDatabase whole ->
          List.of(name(database, Optional.empty(), Optional.empty(), Optional.empty()));
      case ObjectGrant.OnColumns columns ->
          columns.columns().stream()
              .map(
                  column ->
                      name(
                          database,
                          Optional.of(columns.schema()),
                          Optional.of(columns.table()),
                          Optional.of(column)))
              .toList();
      case ObjectGrant.OnObjects objects ->
          objects.objects().names().stream()
              .map(
                  one ->
                      objects.kind() == ObjectKind.SCHEMA
                          ? name(database, Optional.of(one), Optional.empty(), Optional.empty())
                          : name(database, objects.schema(), Optional.of(one), Optional.empty()))
              .toList();
    };
  }

  private static ObjectName name(
      String database, Optional<String> schema, Optional<String> name, Optional<String> column) {
    return new ObjectName(database, schema, name, column, Optional.empty());
  }

  /** All that a kind has may be more than this server knows. */
  private static Set<String> asked(ObjectGrant grant) {
    ObjectKind kind =
        switch (grant) {
          case ObjectGrant.OnDatabase whole -> ObjectKind.DATABASE;
          case ObjectGrant.OnColumns columns -> ObjectKind.COLUMN;
          case ObjectGrant.OnObjects objects -> objects.kind();
        };
    return grant.privileges().containsAll(kind.privileges) ? Set.of() : grant.privileges();
  }
}
