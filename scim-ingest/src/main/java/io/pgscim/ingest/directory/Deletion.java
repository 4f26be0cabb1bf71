package io.pgscim.ingest.directory;

import io.pgscim.events.Cause;
import io.pgscim.ingest.directory.Transactions.Transaction;
import io.pgscim.scim.patch.MemberDelta;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Takes a locked resource out of the directory, and out of every membership, on either side. */
final class Deletion {
  private static final String DELETE = Sql.read("delete");

  private final Transaction tx;
  private final ResourceKey key;
  private final Stored before;
  private final Instant at;
  private final Announcement events;

  Deletion(Transaction tx, ResourceKey key, Stored before, Instant at, Cause cause) {
    this.tx = tx;
    this.key = key;
    this.before = before;
    this.at = at;
    this.events = new Announcement(key.source(), cause);
  }

  /** As if it had to do with groups only that are alone; ends as concerned when it has not. */
  Future<Void> alone() {
    return tx.send(DELETE, Tuple.of(key.id(), Rows.at(at))).compose(this::alone);
  }

  private Future<Void> alone(RowSet<Row> rows) {
    List<UUID> lost = new ArrayList<>();
    for (Row row : rows) {
      UUID other = row.getUUID("other");
      switch (row.getString("what")) {
        case "left" ->
            events.memberships(
                other, row.getLong("version"), new Turnover(List.of(), List.of(key.id())));
        case "lost" -> lost.add(other);
        case "nested" -> {
          return Nesting.concerned();
        }
        default -> {}
      }
    }
    events.memberships(key.id(), before.version() + 1, new Turnover(List.of(), lost));
    return events.deleted(before).finish(tx);
  }

  /**
   * Under the nesting lock. A group is emptied before it is deleted: what that means for the groups
   * above is what any change of members means.
   */
  Future<Void> nested(Nesting nesting) {
    if (key.type().membership() == null) {
      return nested(nesting, nesting.without(key.id()));
    }
    return Members.change(tx, key.id(), key.source(), MemberDelta.exactly(Set.of()), true)
        .compose(emptied -> nesting.effects(tx, key.id(), emptied))
        .compose(effects -> nested(nesting, effects));
  }

  private Future<Void> nested(Nesting nesting, Map<UUID, Turnover> effects) {
    return tx.send(DELETE, Tuple.of(key.id(), Rows.at(at)))
        .compose(
            rows -> {
              Map<UUID, Turnover> others = new HashMap<>(effects);
              Turnover own = others.remove(key.id());
              if (own != null) {
                events.memberships(key.id(), before.version() + 1, own);
              }
              others.forEach((id, users) -> events.memberships(id, nesting.next(id), users));
              Set<UUID> further = new HashSet<>(others.keySet());
              for (UUID parent : raised(rows)) {
                if (!further.remove(parent)) {
                  // No membership tells of its new version.
                  events.state(nesting.next(parent, at));
                }
              }
              return Nesting.raise(tx, further, at)
                  .compose(done -> events.deleted(before).finish(tx));
            });
  }

  private static List<UUID> raised(RowSet<Row> rows) {
    List<UUID> raised = new ArrayList<>();
    for (Row row : rows) {
      if (row.getString("what").equals("left")) {
        raised.add(row.getUUID("other"));
      }
    }
    return raised;
  }
}
