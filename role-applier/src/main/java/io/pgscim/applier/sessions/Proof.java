package io.pgscim.applier.sessions;

import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.report.Report;
import io.pgscim.events.RevocationProven;
import io.pgscim.events.RevocationUnproven;
import io.pgscim.events.SessionsTerminated;
import io.pgscim.messaging.Outbox;
import io.pgscim.messaging.OutgoingRecord;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Says of revocations that are seen through at every place, after reading the catalogs back, that
 * nothing is left; and of those that take long, what is in the way.
 */
final class Proof {
  private static final Logger LOG = Logger.getLogger(Proof.class);
  private static final Duration OVERDUE = Duration.ofSeconds(10);
  private static final Duration PACE = Duration.ofSeconds(1);
  private static final String CONCLUDED = Sql.of(Proof.class, "concluded");
  private static final String WAITING = Sql.of(Proof.class, "overdue");

  private final Session home;
  private final List<String> places;
  private final Map<String, String> problems;
  private final Outbox outbox;
  private final Report report;
  private Instant nextComplaint = Instant.EPOCH;

  /**
   * @param places the primary and every reader
   * @param problems what keeps places from answering, by place
   */
  Proof(
      Session home,
      List<String> places,
      Map<String, String> problems,
      Outbox outbox,
      Report report) {
    this.home = home;
    this.places = places;
    this.problems = problems;
    this.outbox = outbox;
    this.report = report;
  }

  /** Reports what can be, and says whether that was anything. */
  boolean report() {
    boolean proven = prove();
    boolean complained = false;
    Instant now = Instant.now();
    if (now.isAfter(nextComplaint)) {
      nextComplaint = now.plus(PACE);
      complained = complain();
    }
    return proven || complained;
  }

  private boolean prove() {
    List<Concluded> concluded = new ArrayList<>();
    for (Row row : home.ask(CONCLUDED, (Object) places.toArray(String[]::new))) {
      concluded.add(Concluded.of(row));
    }
    if (concluded.isEmpty()) {
      return false;
    }
    Map<Long, Sighting> readBack =
        Sighting.of(home, concluded.stream().map(Concluded::question).toList());
    Instant now = Instant.now();
    List<OutgoingRecord> records = new ArrayList<>();
    concluded.forEach(one -> records.addAll(events(one, readBack.get(one.id()), now)));
    Predicate<Concluded> again =
        one -> !one.proven() && one.nobodyMay() && readBack.get(one.id()).gone();
    try (Transaction transaction = home.begin()) {
      if (!records.isEmpty()) {
        transaction.send(outbox.insertSql(), Outbox.parameters(records));
      }
      Tuple lookedAtAgain = ids(concluded, again);
      transaction.send(
          "UPDATE pgscim.revocation SET proven_at = now() WHERE id = ANY ($1)", lookedAtAgain);
      transaction.send(
          "DELETE FROM pgscim.revocation_place WHERE revocation = ANY ($1)", lookedAtAgain);
      transaction.send(
          "DELETE FROM pgscim.revocation WHERE id = ANY ($1)", ids(concluded, again.negate()));
      transaction.commit();
    }
    return true;
  }

  private List<OutgoingRecord> events(Concluded one, Sighting readBack, Instant now) {
    List<OutgoingRecord> events = new ArrayList<>();
    one.ended()
        .forEach(
            (place, pids) ->
                events.add(
                    report.of(
                        new SessionsTerminated(
                            report.cluster(),
                            one.role(),
                            one.userId(),
                            place,
                            pids.stream().sorted().toList(),
                            one.reason()),
                        one.cause())));
    if (!one.proven() && readBack.gone()) {
      events.add(
          report.of(
              new RevocationProven(
                  report.cluster(),
                  one.role(),
                  one.userId(),
                  Duration.between(one.cause().requestedAt(), now).toMillis(),
                  places,
                  one.description(readBack.throughOthers())),
              one.cause()));
    } else if (!one.proven()) {
      // A later change gave the access back, or the server refused to take it, which was reported.
      LOG.infof("revocation overtaken role=%s txn=%s", one.role(), one.cause().txn());
    }
    return events;
  }

  /** Each obstacle once for each revocation, the first place's first. */
  private boolean complain() {
    Set<Long> looked = new HashSet<>();
    List<OutgoingRecord> records = new ArrayList<>();
    List<Long> ids = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (Row row : home.ask(WAITING, (double) OVERDUE.toSeconds(), places.toArray(String[]::new))) {
      String place = row.getString("place");
      String reason = reason(place, row.getBoolean("sessions"));
      String said = place + ": " + reason;
      if (looked.add(row.getLong("id")) && !said.equals(row.getString("unproven"))) {
        LOG.warnf("revocation not proven yet role=%s %s", row.getString("role_name"), said);
        ids.add(row.getLong("id"));
        reasons.add(said);
        records.add(
            report.of(
                new RevocationUnproven(
                    report.cluster(),
                    row.getString("role_name"),
                    row.getString("user_id"),
                    place,
                    reason),
                Concluded.cause(row)));
      }
    }
    if (records.isEmpty()) {
      return false;
    }
    try (Transaction transaction = home.begin()) {
      transaction.send(outbox.insertSql(), Outbox.parameters(records));
      transaction.send(
          "UPDATE pgscim.revocation SET unproven = said.reason FROM unnest($1::bigint[],"
              + " $2::text[]) said (id, reason) WHERE revocation.id = said.id",
          Tuple.of(ids.toArray(Long[]::new), reasons.toArray(String[]::new)));
      transaction.commit();
    }
    return true;
  }

  private String reason(String place, boolean sessions) {
    String problem = problems.get(place);
    return problem != null
        ? problem
        : sessions ? "sessions there do not end" : "what was taken away has not arrived there yet";
  }

  private static Tuple ids(List<Concluded> concluded, Predicate<Concluded> which) {
    return Tuple.of(concluded.stream().filter(which).map(Concluded::id).toArray(Long[]::new));
  }
}
