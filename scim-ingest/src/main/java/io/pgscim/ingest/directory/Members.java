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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Changes who is in a group, at the cost of the change and not of the group. */
final class Members {
  private static final String CHANGE = Sql.read("change-members");
  private static final String NEST = Sql.read("change-nesting");
  private static final String ALL = Links.MEMBERS.select("scim.resource") + " WHERE r.id = $1";

  /** How many unknown ids an error names. */
  private static final int NAMED = 5;

  private Members() {}

  /**
   * What a change came to.
   *
   * @param nested whether it concerns groups that are not alone; unless the nesting lock is held,
   *     it is then not the whole change
   */
  record Changed(Turnover users, Turnover groups, boolean nested) {
    static final Changed NOTHING = new Changed(Turnover.NONE, Turnover.NONE, false);

    boolean isEmpty() {
      return users.isEmpty() && groups.isEmpty();
    }
  }

  /** Whom the changes name as new members. */
  static UUID[] added(List<MemberChange> changes) {
    Set<String> added = new HashSet<>();
    for (MemberChange change : changes) {
      if (change instanceof MemberChange.Add(Set<String> some)) {
        added.addAll(some);
      }
    }
    return ids(added);
  }

  /**
   * Makes the changes. The group's row must be locked, or its lock be on the way.
   *
   * @param nested whether the nesting lock is held
   * @return fails with 400 invalidValue when somebody is added who is neither a user nor another
   *     group of the source; removing a stranger changes nothing
   */
  static Future<Changed> change(
      Transaction tx, UUID group, Source source, List<MemberChange> changes, boolean nested) {
    if (changes.isEmpty()) {
      return Future.succeededFuture(Changed.NOTHING);
    }
    if (!MemberDelta.needsMembers(changes)) {
      return change(tx, group, source, MemberDelta.of(changes, Map.of()), nested);
    }
    return tx.send(ALL, Tuple.of(group))
        .compose(rows -> change(tx, group, source, MemberDelta.of(changes, present(rows)), nested));
  }

  /** Makes the members what the delta says. */
  static Future<Changed> change(
      Transaction tx, UUID group, Source source, MemberDelta delta, boolean nested) {
    if (delta.isEmpty()) {
      return Future.succeededFuture(Changed.NOTHING);
    }
    List<String> impossible =
        delta.add().stream().filter(id -> Ids.parse(id) == null).limit(NAMED).toList();
    if (!impossible.isEmpty()) {
      return Future.failedFuture(strangers(impossible));
    }
    UUID[] added = ids(delta.add());
    if (List.of(added).contains(group)) {
      return Future.failedFuture(refused("a group cannot be a member of itself: " + group));
    }
    Tuple parameters = Tuple.of(group, delta.clear(), added, ids(delta.remove()), source.name());
    Future<Changed> users = tx.send(CHANGE, parameters).compose(Members::changed);
    if (!nested) {
      return users;
    }
    Future<RowSet<Row>> groups = tx.send(NEST, parameters);
    return users.compose(
        changed ->
            groups.map(rows -> new Changed(changed.users(), Turnover.of(rows), changed.nested())));
  }

  private static Future<Changed> changed(RowSet<Row> rows) {
    List<String> strangers = new ArrayList<>();
    boolean nested = false;
    for (Row row : rows) {
      String what = row.getString("what");
      nested |= what.equals("nested");
      if (what.equals("stranger")) {
        strangers.add(row.getUUID("id").toString());
      }
    }
    return strangers.isEmpty()
        ? Future.succeededFuture(new Changed(Turnover.of(rows), Turnover.NONE, nested))
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
            .put("type", link.nested() ? "Group" : "User");
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
    return refused("no user and no group has the id " + named);
  }

  private static ScimException refused(String why) {
    return ScimException.badRequest(ScimType.INVALID_VALUE, "members: " + why);
  }
}
