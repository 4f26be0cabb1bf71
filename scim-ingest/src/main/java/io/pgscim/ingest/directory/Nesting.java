package io.pgscim.ingest.directory;

import io.pgscim.ingest.Source;
import io.pgscim.ingest.directory.Transactions.Transaction;
import io.pgscim.scim.schema.BuiltIn;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How far a change of members reaches: whose membership of which groups, and so which versions.
 *
 * <p>A group is <em>alone</em> when it is in no group and no group is in it. A change that concerns
 * only such groups and users is written under the row locks of these groups, and reaches no
 * further. Every other is written again from the start, under the nesting lock of its source, which
 * it takes before any row. That no membership is lost between the two rests on this:
 *
 * <ul>
 *   <li>Rows of nesting change under the nesting lock only, and one is added only under the row
 *       locks of both its groups.
 *   <li>Whether a group is alone is asked under its row lock by a later statement, so by one that
 *       sees whatever was committed before the lock was got (READ COMMITTED). Found alone, it stays
 *       alone until the commit: whoever nests it waits, and then sees the members that came.
 *   <li>So under the nesting lock, once the rows are locked that {@code lock-nesting.sql} names, no
 *       member of a group that counts comes or goes by another transaction.
 *   <li>Nobody waits for the nesting lock while holding a row. Rows of groups are locked in the
 *       order of their ids, before those of users.
 * </ul>
 *
 * <p>Cycles are legal and depth is not limited: the recursions end where nothing new is found, and
 * what they cost is bounded by the groups and memberships that they reach.
 */
final class Nesting {
  private static final String EXCLUDE = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
  private static final String LOCK = Sql.read("lock-nesting");
  private static final String EFFECTS = Sql.read("effects");
  private static final String RAISE = Sql.read("raise");

  /** For a change of groups that are alone. */
  static final Nesting ALONE = new Nesting(Map.of(), Map.of());

  /** The change is not what it was taken for: it has to be done under the nesting lock. */
  static final class Concerned extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Concerned INSTANCE = new Concerned();

    private Concerned() {
      super("nested groups are concerned", null, false, false);
    }
  }

  private final Map<UUID, Long> versions;
  private final Map<UUID, Stored> groups;

  private Nesting(Map<UUID, Long> versions, Map<UUID, Stored> groups) {
    this.versions = versions;
    this.groups = groups;
  }

  /** To end work that was begun as if no nested group were concerned. */
  static <T> Future<T> concerned() {
    return Future.failedFuture(Concerned.INSTANCE);
  }

  /** Takes the nesting lock of the source. */
  static Future<Void> exclude(Transaction tx, Source source) {
    return tx.send(EXCLUDE, Tuple.of("pgscim.nesting/" + source.name())).mapEmpty();
  }

  /**
   * Locks what a change reaches; the nesting lock must be held or on its way.
   *
   * @param id the group whose members change, or the group or user that is deleted
   * @param added who shall be a member
   */
  static Future<Nesting> lock(Transaction tx, Source source, UUID id, UUID[] added) {
    return tx.send(LOCK, Tuple.of(id).addArrayOfUUID(added)).map(rows -> of(rows, source));
  }

  private static Nesting of(RowSet<Row> rows, Source source) {
    Map<UUID, Long> versions = new LinkedHashMap<>();
    Map<UUID, Stored> groups = new HashMap<>();
    for (Row row : rows) {
      if (row.getBoolean("above")) {
        versions.put(row.getUUID("id"), row.getLong("version"));
        if (row.getString("type").equals(BuiltIn.GROUP.name())) {
          groups.put(row.getUUID("id"), Rows.bare(row, source, BuiltIn.GROUP));
        }
      }
    }
    return new Nesting(versions, groups);
  }

  /** Whose membership of which groups the change made different. */
  Future<Map<UUID, Turnover>> effects(Transaction tx, UUID group, Members.Changed changed) {
    if (this == ALONE) {
      return changed.nested()
          ? concerned()
          : Future.succeededFuture(Map.of(group, changed.users()));
    }
    if (changed.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    UUID[] above = versions.keySet().stream().filter(id -> !id.equals(group)).toArray(UUID[]::new);
    Tuple parameters = Tuple.of(group).addArrayOfUUID(above);
    for (List<UUID> ids :
        List.of(
            changed.users().come(),
            changed.users().gone(),
            changed.groups().come(),
            changed.groups().gone())) {
      parameters.addArrayOfUUID(ids.toArray(UUID[]::new));
    }
    return tx.send(EFFECTS, parameters).map(Nesting::turnovers);
  }

  private static Map<UUID, Turnover> turnovers(RowSet<Row> rows) {
    Map<UUID, List<UUID>> come = new HashMap<>();
    Map<UUID, List<UUID>> gone = new HashMap<>();
    for (Row row : rows) {
      (row.getBoolean("present") ? come : gone)
          .computeIfAbsent(row.getUUID("group_id"), group -> new ArrayList<>())
          .add(row.getUUID("user_id"));
    }
    Map<UUID, Turnover> turnovers = new HashMap<>();
    come.forEach(
        (group, users) ->
            turnovers.put(group, new Turnover(users, gone.getOrDefault(group, List.of()))));
    gone.forEach((group, users) -> turnovers.putIfAbsent(group, new Turnover(List.of(), users)));
    return turnovers;
  }

  /** That the user leaves every group that was locked for it. */
  Map<UUID, Turnover> without(UUID user) {
    Map<UUID, Turnover> turnovers = new HashMap<>();
    versions.keySet().forEach(id -> turnovers.put(id, new Turnover(List.of(), List.of(user))));
    return turnovers;
  }

  /** The group in its next version; null when it is of a type that no event knows. */
  Stored next(UUID group, Instant at) {
    Stored before = groups.get(group);
    return before == null ? null : before.changed(at, before.document());
  }

  /** The version that follows the one under which the group was locked. */
  long next(UUID group) {
    return versions.get(group) + 1;
  }

  /** Gives locked groups that next version. */
  static Future<Void> raise(Transaction tx, Collection<UUID> groups, Instant at) {
    return groups.isEmpty()
        ? Future.succeededFuture()
        : tx.send(RAISE, Tuple.of(groups.toArray(UUID[]::new), Rows.at(at))).mapEmpty();
  }
}
