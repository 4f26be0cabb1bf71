package io.pgscim.applier.drift;

import io.pgscim.applier.cluster.ClusterUnavailable;
import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.current.Catalog;
import io.pgscim.applier.drift.Finding.Deviation;
import io.pgscim.applier.drift.Finding.Membership;
import io.pgscim.applier.drift.Finding.Refused;
import io.pgscim.applier.drift.Finding.Stranger;
import io.pgscim.applier.drift.Finding.Unseen;
import io.pgscim.applier.guard.Withheld;
import io.pgscim.applier.ledger.Ledger;
import io.pgscim.applier.plan.Change;
import io.pgscim.applier.plan.Plan;
import io.pgscim.applier.plan.Refusal;
import io.pgscim.applier.plan.RoleChange;
import io.pgscim.applier.privileges.PrivilegeWatch;
import io.pgscim.applier.reconcile.AccessRoles;
import io.pgscim.applier.reconcile.People;
import io.pgscim.applier.reconcile.Ruling;
import io.pgscim.messaging.Outbox;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Looks at everything once and changes nothing. People and roles are read in one snapshot, in which
 * ledger and roles agree whatever events do meanwhile, and some at a time, so that the size of the
 * directory costs time and no memory.
 */
final class Scan {
  private static final int AT_ONCE = 5000;
  private static final String SNAPSHOT =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";
  private static final String MEMBERSHIPS = Sql.of(Scan.class, "memberships");
  private static final String STRANGERS = Sql.of(Scan.class, "strangers");
  private static final String TAKES = Sql.of(Scan.class, "takes");
  private static final String DUE = Sql.of(Scan.class, "due");

  private final Ruling ruling;
  private final Outbox outbox;
  private final Session home;
  private final Function<String, Session> database;
  private final Findings findings = new Findings();
  private String login;
  private Set<String> takes = Set.of();
  private int people;

  Scan(Ruling ruling, Outbox outbox, Session home, Function<String, Session> database) {
    this.ruling = ruling;
    this.outbox = outbox;
    this.home = home;
    this.database = database;
  }

  /** Everything that is found. */
  Findings run() {
    List<Own> own;
    try (Transaction transaction = home.begin()) {
      transaction.send(SNAPSHOT);
      Instant now = now(transaction);
      takes(transaction);
      add(
          new AccessRoles(outbox, ruling.policy(), ruling.memberships()).look(transaction),
          Map.of(),
          Set.of());
      everybody(transaction, now);
      strangers(transaction);
      memberships(transaction);
      own = Own.read(transaction);
    }
    Map<String, List<Own>> byDatabase = new HashMap<>();
    own.forEach(
        one -> byDatabase.computeIfAbsent(one.database(), name -> new ArrayList<>()).add(one));
    for (String name : ruling.policy().databases()) {
      inside(name, Optional.ofNullable(byDatabase.remove(name)).orElse(List.of()));
    }
    byDatabase.values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparing(Own::database).thenComparing(Own::role))
        .forEach(one -> one.outside(findings));
    return findings;
  }

  /** How many people were looked at. */
  int people() {
    return people;
  }

  /** The server's clock: what stands in the snapshot was done by it. */
  private static Instant now(Transaction transaction) {
    return transaction
        .ask("SELECT now() AS now")
        .iterator()
        .next()
        .getOffsetDateTime("now")
        .toInstant();
  }

  private void everybody(Transaction transaction, Instant now) {
    var reconciler = new People(outbox, ruling);
    List<String> users = Ledger.usersAfter(transaction, "", AT_ONCE);
    var asked = Catalog.askSituations(transaction, users);
    while (!users.isEmpty()) {
      RowSet<Row> answer = transaction.await(asked);
      List<String> next = Ledger.usersAfter(transaction, users.getLast(), AT_ONCE);
      // The server looks up the next ones while these are planned.
      asked = Catalog.askSituations(transaction, next);
      Plan plan = reconciler.look(transaction, Catalog.situations(answer), now).plan();
      if (!plan.isEmpty()) {
        Map<String, Withheld> withheld =
            Withheld.read(transaction.await(Withheld.ask(transaction, users)));
        add(plan, withheld, due(transaction, users, now));
      }
      people += users.size();
      users = next;
    }
  }

  /** Whose access begins or ends at this very moment is the clock's business, and no drift. */
  private static Set<String> due(Transaction transaction, List<String> users, Instant now) {
    Set<String> due = new HashSet<>();
    for (Row row :
        transaction.ask(DUE, users.toArray(String[]::new), now.atOffset(ZoneOffset.UTC))) {
      due.add(row.getString("user_id"));
    }
    return due;
  }

  private void add(Plan plan, Map<String, Withheld> withheld, Set<String> due) {
    for (Change change : plan.changes()) {
      String user = change.subject().userId();
      if (user == null) {
        findings.add(new Deviation(change, beyond(change)), null);
      } else if (!due.contains(user)) {
        Optional<String> verdict =
            Optional.ofNullable(withheld.get(user))
                .filter(one -> one.covers(change))
                .map(one -> one.verdict().name().toLowerCase(Locale.ROOT));
        findings.add(new Deviation(change, verdict.or(() -> beyond(change))), user);
      }
    }
    for (Refusal refusal : plan.refusals()) {
      findings.add(new Refused(refusal), refusal.subject().userId());
    }
  }

  private void takes(Transaction transaction) {
    Row row = transaction.ask(TAKES).iterator().next();
    login = row.getString("login");
    takes = Set.of(row.getArrayOfStrings("attributes"));
  }

  /** What the applier's login may not do, and who may. */
  private Optional<String> beyond(Change change) {
    return change instanceof RoleChange.TakeAttribute take && !takes.contains(take.attribute())
        ? Optional.of("for a superuser to do: " + login + " may not")
        : Optional.empty();
  }

  private void strangers(Transaction transaction) {
    for (Row row : transaction.ask(STRANGERS)) {
      String user = row.getString("user_id");
      findings.add(new Stranger(row.getString("role"), user, row.getBoolean("can_login")), user);
    }
  }

  private void memberships(Transaction transaction) {
    for (Row row : transaction.ask(MEMBERSHIPS, ruling.memberships().granter())) {
      findings.add(
          new Membership(
              row.getString("role"),
              row.getString("access"),
              row.getString("grantor"),
              row.getBoolean("admin"),
              row.getBoolean("outsider")),
          row.getString("user_id"));
    }
  }

  /** A managed database. */
  private void inside(String name, List<Own> own) {
    try (Session session = database.apply(name)) {
      PrivilegeWatch.look(ruling, name, home, session, outbox).stream()
          .sorted(Comparator.comparing(Change::description))
          .forEach(change -> findings.add(new Deviation(change, Optional.empty()), null));
      Own.inside(name, own, session, findings);
    } catch (ClusterUnavailable | PgException e) {
      findings.add(new Unseen(name, String.valueOf(e.getMessage())), null);
    }
    own.forEach(one -> one.tellDefaults(Own.place(name), findings));
  }
}
