package io.pgscim.applier.privileges;

import io.pgscim.applier.apply.Applied;
import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.plan.Refusal;
import io.pgscim.applier.plan.Subject;
import io.pgscim.applier.reconcile.Attempts;
import io.pgscim.applier.reconcile.Ruling;
import io.pgscim.applier.report.Refusals;
import io.pgscim.events.Cause;
import io.pgscim.messaging.Outbox;
import io.pgscim.messaging.OutgoingRecord;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Makes the privileges that access roles have in one database those that the policy gives. */
final class PrivilegePass {
  private final Session home;
  private final Session session;
  private final String database;
  private final Ruling ruling;
  private final Outbox outbox;
  private final Intents intents;
  private final Survey survey;

  /**
   * @param home connected to the home database
   * @param session connected to the database
   */
  PrivilegePass(Session home, Session session, String database, Ruling ruling, Outbox outbox) {
    this.home = home;
    this.session = session;
    this.database = database;
    this.ruling = ruling;
    this.outbox = outbox;
    this.intents = new Intents(home, database);
    this.survey = new Survey(ruling.policy(), database);
  }

  /** What would be done now. Reads only. */
  PrivilegePlan look() {
    Map<String, Long> roles = accessRoles();
    try (Transaction transaction = session.begin()) {
      return plan(transaction, survey.held(transaction, roles.values()));
    }
  }

  /**
   * Does it.
   *
   * @param taking whether privileges may also be revoked
   * @return how many changes were made
   */
  int run(Cause cause, boolean taking) {
    Map<String, Long> roles = accessRoles();
    PrivilegePlan planned;
    try (Transaction transaction = session.begin()) {
      Set<Entitlement> held = survey.held(transaction, roles.values());
      settleOpen(transaction, held);
      planned = plan(transaction, held);
    }
    List<PrivilegeChange> plan =
        planned.changes().stream().filter(change -> taking || change.grant()).toList();
    Map<PrivilegeChange, OutgoingRecord> events = new LinkedHashMap<>();
    plan.forEach(change -> events.put(change, ruling.report().done(change, cause)));
    if (!events.isEmpty()) {
      intents.note(events);
    }
    Applied<PrivilegeChange> applied = apply(plan, roles.values());
    List<Refusal> refused = new ArrayList<>(planned.refusals());
    applied.refused().forEach(refusal -> refused.add(explained(refusal)));
    conclude(applied.done(), refused, events, roles.keySet(), cause);
    return applied.done().size();
  }

  /** An earlier pass may have been cut short anywhere; what is held tells how far it came. */
  private void settleOpen(Transaction reading, Set<Entitlement> found) {
    List<Intents.Intent> open = intents.open();
    if (!open.isEmpty()) {
      Set<Entitlement> held = new HashSet<>(found);
      held.addAll(survey.heldByPublic(reading));
      try (Transaction transaction = home.begin()) {
        intents.settle(transaction, Intents.done(open, held));
        transaction.commit();
      }
    }
  }

  private PrivilegePlan plan(Transaction transaction, Set<Entitlement> held) {
    return new PrivilegePlanner(ruling.policy(), database, survey.inventory(transaction))
        .plan(ruling.usable(), held);
  }

  /**
   * What PostgreSQL took without an error counts only when it is then found: see its warning 01007.
   */
  private Applied<PrivilegeChange> apply(List<PrivilegeChange> plan, Collection<Long> roles) {
    if (plan.isEmpty()) {
      return new Applied<>(List.of(), List.of());
    }
    return new Attempts(session)
        .run(
            (transaction, applying) -> {
              Applied<PrivilegeChange> applied = applying.applyEach(transaction, plan);
              Set<Entitlement> held = survey.held(transaction, roles);
              List<PrivilegeChange> done = new ArrayList<>();
              List<Refusal> refused = new ArrayList<>(applied.refused());
              for (PrivilegeChange change : applied.done()) {
                if (change.holds(held)) {
                  done.add(change);
                } else {
                  refused.add(without(change));
                }
              }
              return new Applied<>(done, refused);
            });
  }

  private static Refusal without(PrivilegeChange change) {
    return Refusal.of(
        change.subject(),
        change.role(),
        change.description(),
        "PostgreSQL took the statement and changed nothing: the privilege is another grantor's");
  }

  private void conclude(
      List<PrivilegeChange> made,
      List<Refusal> refused,
      Map<PrivilegeChange, OutgoingRecord> events,
      Set<String> roles,
      Cause cause) {
    List<UUID> done = made.stream().map(change -> events.get(change).id()).toList();
    try (Transaction transaction = home.begin()) {
      Map<Subject, Set<String>> before = refusedBefore(transaction, roles);
      List<OutgoingRecord> records =
          Refusals.note(transaction, before, refused).stream()
              .map(refusal -> ruling.report().refused(refusal, cause))
              .toList();
      intents.settle(transaction, done);
      if (!records.isEmpty()) {
        transaction.send(outbox.insertSql(), Outbox.parameters(records));
      }
      transaction.commit();
    }
  }

  /** The usual reason is one that the operator can remove. */
  private Refusal explained(Refusal refusal) {
    if (!"42501".equals(refusal.sqlState())) {
      return refusal;
    }
    return new Refusal(
        refusal.subject(),
        refusal.role(),
        refusal.description(),
        refusal.reason()
            + "; pgscim grants in the name of the owner, so have a superuser GRANT the owner TO the"
            + " applier's login WITH INHERIT TRUE, SET TRUE",
        refusal.sqlState());
  }

  private Map<Subject, Set<String>> refusedBefore(Transaction transaction, Set<String> roles) {
    Map<Subject, Set<String>> before = new LinkedHashMap<>();
    Map<String, Subject> subjects = new LinkedHashMap<>();
    Set<String> all = new TreeSet<>(roles);
    all.add(Entitlement.PUBLIC);
    for (String role : all) {
      Subject subject = PrivilegeChange.subject(database, role);
      subjects.put(subject.key(), subject);
      before.put(subject, new HashSet<>());
    }
    for (Row row :
        transaction.ask(
            "SELECT subject, fingerprint FROM pgscim.refusal WHERE subject = ANY ($1)",
            (Object) subjects.keySet().toArray(String[]::new))) {
      before.get(subjects.get(row.getString("subject"))).add(row.getString("fingerprint"));
    }
    return before;
  }

  /** Every access role that exists, those of earlier policies too: theirs are all taken away. */
  private Map<String, Long> accessRoles() {
    Map<String, Long> roles = new LinkedHashMap<>();
    for (Row row :
        home.ask(
            "SELECT role.rolname::text AS name, role.oid::bigint AS oid FROM pgscim.managed_role"
                + " JOIN pg_roles role ON role.oid = role_oid WHERE user_id IS NULL")) {
      roles.put(row.getString("name"), row.getLong("oid"));
    }
    return roles;
  }
}
