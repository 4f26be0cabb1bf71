package io.pgscim.applier.drift;

import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.drift.Finding.Defaults;
import io.pgscim.applier.drift.Finding.Direct;
import io.pgscim.applier.drift.Finding.DirectElsewhere;
import io.pgscim.applier.drift.Finding.Owner;
import io.pgscim.applier.privileges.DirectPrivileges;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a login role has by itself in one database: no plan touches it, for somebody did that on
 * purpose.
 *
 * @param database empty for what belongs to none
 * @param owned how many objects it owns there, {@code privileges} on how many it has some
 * @param defaults whether it has set default privileges there
 */
record Own(
    String database,
    String role,
    long oid,
    String userId,
    int owned,
    boolean defaults,
    int privileges) {
  private static final String OWN = Sql.of(Own.class, "own");
  private static final String OWNED = Sql.of(Own.class, "owned");

  /** Everything that people's login roles have, by database and role. */
  static List<Own> read(Transaction transaction) {
    List<Own> own = new ArrayList<>();
    for (Row row : transaction.ask(OWN)) {
      own.add(
          new Own(
              row.getString("database"),
              row.getString("role"),
              row.getLong("oid"),
              row.getString("user_id"),
              row.getInteger("owned"),
              row.getBoolean("defaults"),
              row.getInteger("privileges")));
    }
    return own;
  }

  /** What they have in a managed database, of which everything can be told. */
  static void inside(String name, List<Own> own, Session session, Findings findings) {
    Map<String, String> users = new HashMap<>();
    own.forEach(one -> users.put(one.role(), one.userId()));
    List<Long> holders = own.stream().filter(one -> one.privileges() > 0).map(Own::oid).toList();
    if (!holders.isEmpty()) {
      DirectPrivileges.revocations(session, name, holders)
          .forEach(change -> findings.add(new Direct(change), users.get(change.role())));
    }
    Long[] owners = own.stream().filter(one -> one.owned() > 0).map(Own::oid).toArray(Long[]::new);
    if (owners.length > 0) {
      for (Row row : session.ask(OWNED, (Object) owners)) {
        String role = row.getString("role");
        findings.add(
            new Owner(
                role,
                place(name),
                row.getInteger("objects"),
                List.of(row.getArrayOfStrings("some"))),
            users.get(role));
      }
    }
  }

  /** That it has set default privileges, which the cluster's own catalogs tell. */
  void tellDefaults(String place, Findings findings) {
    if (defaults) {
      findings.add(new Defaults(role, place), userId);
    }
  }

  /** Where pgscim does not look, the cluster's own catalogs tell how much there is. */
  void outside(Findings findings) {
    String place =
        database.isEmpty()
            ? "that no database holds"
            : place(database) + ", which the policy does not name";
    if (privileges > 0) {
      findings.add(new DirectElsewhere(role, place, privileges), userId);
    }
    if (owned > 0) {
      findings.add(new Owner(role, place, owned, List.of()), userId);
    }
    tellDefaults(place, findings);
  }

  static String place(String database) {
    return "in database " + database;
  }
}
