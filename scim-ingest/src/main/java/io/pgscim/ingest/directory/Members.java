package io.pgscim.ingest.directory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.Source;
import io.pgscim.ingest.directory.Transactions.Transaction;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.patch.MemberChange;
import io.pgscim.scim.patch.MemberDelta;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Changes who is in a group, at the cost of the change and not of the group. */
final class Members {
  private static final String CHANGE = Sql.read("change-members");
  private static final String ALL = Links.MEMBERS.select("scim.resource") + " WHERE r.id = $1";

  /** How many unknown ids an error names. */
  private static final int NAMED = 5;

  private Members() {}

  /** Who really came and went. */
  record Changed(List<UUID> added, List<UUID> removed) {
    static final Changed NOBODY = new Changed(List.of(), List.of());

    boolean isEmpty() {
      return added.isEmpty() && removed.isEmpty();
    }
  }

  /**
   * Makes the changes. The group's row must be locked, or its lock be on the way.
   *
   * @return fails with 400 invalidValue when somebody is added who is no user of the source;
   *     removing a stranger changes nothing
   */
  static Future<Changed> change(
      Transaction tx, UUID group, Source source, List<MemberChange> changes) {
    if (changes.isEmpty()) {
      return Future.succeededFuture(Changed.NOBODY);
    }
    if (!MemberDelta.needsMembers(changes)) {
      return change(tx, group, source, MemberDelta.of(changes, Map.of()));
    }
    return tx.send(ALL, Tuple.of(group))
        .compose(rows -> change(tx, group, source, MemberDelta.of(changes, present(rows))));
  }

  /** Makes the members what the delta says. */
  static Future<Changed> change(Transaction tx, UUID group, Source source, MemberDelta delta) {
    if (delta.isEmpty()) {
      return Future.succeededFuture(Changed.NOBODY);
    }
    List<String> impossible =
        delta.add().stream().filter(id -> Ids.parse(id) == null).limit(NAMED).toList();
    if (!impossible.isEmpty()) {
      return Future.failedFuture(strangers(impossible));
    }
    return tx.send(
            CHANGE,
            Tuple.of(group, delta.clear(), ids(delta.add()), ids(delta.remove()), source.name()))
        .compose(Members::changed);
  }

  private static Future<Changed> changed(RowSet<Row> rows) {
    Changed changed = new Changed(new ArrayList<>(), new ArrayList<>());
    List<String> strangers = new ArrayList<>();
    for (Row row : rows) {
      UUID user = row.getUUID("user_id");
      switch (row.getString("what")) {
        case "come" -> changed.added().add(user);
        case "gone" -> changed.removed().add(user);
        default -> strangers.add(user.toString());
      }
    }
    return strangers.isEmpty()
        ? Future.succeededFuture(changed)
        : Future.failedFuture(strangers(strangers));
  }

  private static UUID[] ids(Collection<String> texts) {
    return texts.stream().map(Ids::parse).filter(Objects::nonNull).toArray(UUID[]::new);
  }

  /** The members as a filter sees them. */
  private static Map<String, ObjectNode> present(RowSet<Row> rows) {
    Map<String, ObjectNode> present = new LinkedHashMap<>();
    for (Row row : rows) {
      for (Stored.Link link : Rows.links(row)) {
        ObjectNode member = JsonNodeFactory.instance.objectNode();
        member
            .put("value", link.id().toString())
            .put("display", link.display())
            .put("type", "User");
        present.put(link.id().toString(), member);
      }
    }
    return present;
  }

  private static ScimException strangers(List<String> ids) {
    String named =
        String.join(
            ", ",
            ids.stream()
                .limit(NAMED)
                .map(id -> id.length() <= 64 ? id : id.substring(0, 64) + "…")
                .toList());
    return ScimException.badRequest(ScimType.INVALID_VALUE, "members: no user has the id " + named);
  }
}
