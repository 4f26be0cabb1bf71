package io.pgscim.applier.leavers;

import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.plan.Refusal;
import io.pgscim.applier.plan.Subject;
import io.pgscim.applier.report.Refusals;
import io.pgscim.applier.report.Report;
import io.pgscim.applier.sql.Identifier;
import io.pgscim.events.Cause;
import io.pgscim.messaging.Outbox;
import io.pgscim.messaging.OutgoingRecord;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The end of one role: what it left in each database first, then the role. Every step may be done
 * again, and one that finds nothing left to do has succeeded; a role that cannot be dropped stays
 * managed and disabled.
 */
final class Departure {
  private static final String STILL_DUE = Sql.of(Departure.class, "still_due");
  private static final String NOTE_STEP =
      "INSERT INTO pgscim.leaver_step (subject, database, objects) VALUES ($1, $2, $3)"
          + " ON CONFLICT DO NOTHING";
  private static final String END_STEP =
      "DELETE FROM pgscim.leaver_step WHERE subject = $1 AND database = $2 RETURNING objects";

  private static final String OWNED_HERE =
      "SELECT count(*) AS owned FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass"
          + " AND refobjid = $1::bigint::oid AND deptype = 'o'"
          + " AND classid NOT IN ('pg_default_acl'::regclass, 'pg_user_mapping'::regclass)"
          + " AND dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))";

  private final Session home;
  private final Function<String, Session> database;
  private final Optional<String> heir;
  private final Outbox outbox;
  private final Report report;
  private final Leaving leaving;
  private final Cause cause;

  Departure(
      Session home,
      Function<String, Session> database,
      Optional<String> heir,
      Outbox outbox,
      Report report,
      Leaving leaving,
      Cause cause) {
    this.home = home;
    this.database = database;
    this.heir = heir;
    this.outbox = outbox;
    this.report = report;
    this.leaving = leaving;
    this.cause = cause;
  }

  /** Drops the role, or says why not; whether it is gone. */
  boolean attempt() {
    try {
      List<String> obstacles = leaving.gone() ? List.of() : empty();
      return obstacles.isEmpty() ? drop() : refuse(obstacles, null);
    } catch (PgException refused) {
      return refuse(List.of(reason(refused)), refused.getSqlState());
    }
  }

  private List<String> empty() {
    Estate estate = Estate.of(home, leaving);
    List<String> obstacles = estate.obstacles(home, heir);
    if (obstacles.isEmpty()) {
      List<Estate.Share> places = estate.places(Estate.here(home));
      finishTelling(places);
      places.forEach(this::empty);
    }
    return obstacles;
  }

  private void empty(Estate.Share share) {
    home.ask(NOTE_STEP, leaving.subject().key(), share.database(), share.owned());
    try (Session there = database.apply(share.database());
        Transaction transaction = there.begin()) {
      transaction.send(String.join(";\n", giveAway()));
      // Whatever is still owned here would be dropped with the privileges.
      Row left = transaction.ask(OWNED_HERE, leaving.roleOid()).iterator().next();
      if (left.getLong("owned") > 0) {
        throw new PgException(
            left.getLong("owned") + " objects could not be given to another owner",
            "ERROR",
            "2BP01",
            null);
      }
      transaction.send(String.join(";\n", takeTheRest(share.database())));
      transaction.commit();
    }
    tell(share.database());
  }

  /**
   * For as long as this transaction the applier has the role's privileges, which PostgreSQL wants
   * of whoever gives its objects away; a role that is a member of nothing brings none from
   * elsewhere.
   */
  private List<String> giveAway() {
    List<String> statements = new ArrayList<>();
    statements.add("SET LOCAL statement_timeout = '100s'");
    if (!superuser()) {
      statements.add(
          "GRANT "
              + Identifier.quoted(leaving.role())
              + " TO CURRENT_USER WITH INHERIT TRUE, SET TRUE GRANTED BY CURRENT_USER");
    }
    heir.ifPresent(name -> statements.add(reassign("", name, 0).sql()));
    return statements;
  }

  private List<String> takeTheRest(String place) {
    List<String> statements = new ArrayList<>(List.of(takePrivileges(place).sql()));
    if (!superuser()) {
      statements.add(
          "REVOKE "
              + Identifier.quoted(leaving.role())
              + " FROM CURRENT_USER GRANTED BY CURRENT_USER");
    }
    return statements;
  }

  private boolean superuser() {
    return home.ask("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        .iterator()
        .next()
        .getBoolean(0);
  }

  /** An earlier attempt may have been cut short between the change and its event. */
  private void finishTelling(List<Estate.Share> places) {
    Set<String> open = new HashSet<>();
    places.forEach(share -> open.add(share.database()));
    for (Row row :
        home.ask(
            "SELECT database FROM pgscim.leaver_step WHERE subject = $1",
            leaving.subject().key())) {
      if (!open.contains(row.getString("database"))) {
        tell(row.getString("database"));
      }
    }
  }

  private void tell(String place) {
    try (Transaction transaction = home.begin()) {
      for (Row step : transaction.ask(END_STEP, leaving.subject().key(), place)) {
        int objects = step.getInteger("objects");
        List<OutgoingRecord> records = new ArrayList<>();
        if (objects > 0) {
          heir.ifPresent(name -> records.add(report.done(reassign(place, name, objects), cause)));
        }
        records.add(report.done(takePrivileges(place), cause));
        transaction.send(outbox.insertSql(), Outbox.parameters(records));
      }
      transaction.commit();
    }
  }

  private boolean drop() {
    var change = LeaverChange.DropRole.of(leaving);
    try (Transaction transaction = home.begin()) {
      if (!transaction
          .ask(STILL_DUE, leaving.person().key(), leaving.roleOid())
          .iterator()
          .hasNext()) {
        return false; // The person is back.
      }
      if (!leaving.gone()) {
        transaction.send(change.sql());
      }
      transaction.send(
          "DELETE FROM pgscim.managed_role WHERE subject = $1", Tuple.of(leaving.person().key()));
      Refusals.note(transaction, refusedBefore(transaction), List.of());
      transaction.send(outbox.insertSql(), Outbox.parameters(List.of(report.done(change, cause))));
      transaction.commit();
      return true;
    }
  }

  private boolean refuse(List<String> reasons, String sqlState) {
    Refusal refusal = leaving.refused(reasons, sqlState);
    try (Transaction transaction = home.begin()) {
      List<OutgoingRecord> records =
          Refusals.note(transaction, refusedBefore(transaction), List.of(refusal)).stream()
              .map(news -> report.refused(news, cause))
              .toList();
      if (!records.isEmpty()) {
        transaction.send(outbox.insertSql(), Outbox.parameters(records));
      }
      transaction.commit();
    }
    return false;
  }

  private Map<Subject, Set<String>> refusedBefore(Transaction transaction) {
    Set<String> fingerprints = new HashSet<>();
    for (Row row :
        transaction.ask(
            "SELECT fingerprint FROM pgscim.refusal WHERE subject = $1", leaving.subject().key())) {
      fingerprints.add(row.getString("fingerprint"));
    }
    return new HashMap<>(Map.of(leaving.subject(), fingerprints));
  }

  private static String reason(PgException refused) {
    String detail = refused.getDetail() == null ? "" : " (" + refused.getDetail() + ")";
    String hint =
        "42501".equals(refused.getSqlState())
            ? "; a login that is no superuser needs ADMIN on the role, and whoever gets functions,"
                + " types or the like needs CREATE on their schemas"
            : "";
    return "PostgreSQL refused it: " + refused.getErrorMessage() + detail + hint;
  }

  private LeaverChange.Reassign reassign(String place, String name, int objects) {
    return LeaverChange.Reassign.of(leaving, place, name, objects);
  }

  private LeaverChange.TakePrivileges takePrivileges(String place) {
    return LeaverChange.TakePrivileges.of(leaving, place);
  }
}
