package io.pgscim.applier.ledger;

import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.consume.Batch;
import io.pgscim.applier.consume.Sourced;
import io.pgscim.applier.consume.Unreadable;
import io.pgscim.events.EventJson;
import io.pgscim.events.GroupState;
import io.pgscim.events.MembershipState;
import io.pgscim.events.SessionsRevoked;
import io.pgscim.events.UserState;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * The ledger of one cluster: the highest version of every key that was ever read. What it does not
 * take as news was in force before, whatever arrives twice or late.
 */
public final class Ledger {
  private static final String USERS = Sql.of(Ledger.class, "record_users");
  private static final String GROUPS = Sql.of(Ledger.class, "record_groups");
  private static final String MEMBERSHIPS = Sql.of(Ledger.class, "record_memberships");
  private static final String SESSIONS = Sql.of(Ledger.class, "record_sessions_revoked");
  private static final String POSITIONS = Sql.of(Ledger.class, "record_positions");
  private static final String DEAD_LETTERS = Sql.of(Ledger.class, "record_dead_letters");
  private static final String MEMBERS_OF = Sql.of(Ledger.class, "members_of");
  private static final String NEXT_USERS = Sql.of(Ledger.class, "next_users");
  private static final String NOTE_AGENDA = Sql.of(Ledger.class, "note_agenda");
  private static final String TAKE_DUE = Sql.of(Ledger.class, "take_due");

  private Ledger() {}

  /** Takes a batch in, one round trip for all of it, and says what was news. */
  public static News record(Transaction transaction, Batch batch) {
    var users = users(transaction, batch.users());
    var groups = groups(transaction, batch.groups());
    var memberships = memberships(transaction, batch);
    var sessions = sessions(transaction, batch.sessions());
    var deadLetters = deadLetters(transaction, batch.unreadable());
    positions(transaction, batch);

    Set<String> touched = new TreeSet<>();
    touched.addAll(column(transaction, users, "user_id"));
    touched.addAll(column(transaction, memberships, "user_id"));
    List<String> renamed = column(transaction, groups, "group_id");
    if (!renamed.isEmpty()) {
      touched.addAll(
          column(
              transaction,
              Optional.of(transaction.query(MEMBERS_OF, Tuple.of(renamed.toArray(String[]::new)))),
              "user_id"));
    }
    return new News(
        touched,
        new HashSet<>(column(transaction, sessions, "user_id")),
        unknown(transaction, deadLetters, batch.unreadable()));
  }

  /** Where reading goes on, by partition; a partition that was never read is not in it. */
  public static Map<Integer, Long> positions(Session session, String topic) {
    Map<Integer, Long> positions = new HashMap<>();
    for (Row row :
        session.ask(
            "SELECT partition, next_offset FROM pgscim.ledger_position WHERE topic = $1", topic)) {
      positions.put(row.getInteger("partition"), row.getLong("next_offset"));
    }
    return positions;
  }

  /** Up to so many users, in the order of their ids, after that one. */
  public static List<String> usersAfter(Transaction transaction, String userId, int limit) {
    return texts(transaction.ask(NEXT_USERS, userId, limit), "user_id");
  }

  /** Notes when to look at users again, without waiting. */
  public static void noteAgenda(Transaction transaction, Map<String, Instant> agenda) {
    if (!agenda.isEmpty()) {
      List<String> users = List.copyOf(agenda.keySet());
      transaction.send(
          NOTE_AGENDA,
          Tuple.of(
              users.toArray(String[]::new),
              users.stream().map(agenda::get).map(Ledger::utc).toArray(OffsetDateTime[]::new)));
    }
  }

  /** Whether anybody has to be looked at by now. */
  public static boolean isDue(Session session, Instant now) {
    return session
        .ask("SELECT EXISTS (SELECT FROM pgscim.agenda WHERE at <= $1) AS due", utc(now))
        .iterator()
        .next()
        .getBoolean("due");
  }

  /** Up to so many who have to be looked at by now; they are off the agenda with that. */
  public static List<String> takeDue(Transaction transaction, Instant now, int limit) {
    return texts(transaction.ask(TAKE_DUE, utc(now), limit), "user_id");
  }

  private static Optional<CompletableFuture<RowSet<Row>>> users(
      Transaction transaction, List<Sourced<UserState>> users) {
    return users.isEmpty()
        ? Optional.empty()
        : Optional.of(
            transaction.query(
                USERS,
                Tuple.of(
                    users.stream().map(u -> u.state().id()).toArray(String[]::new),
                    users.stream().map(u -> u.state().version()).toArray(Long[]::new),
                    users.stream().map(u -> u.state().deleted()).toArray(Boolean[]::new),
                    users.stream()
                        .map(u -> new String(EventJson.write(u.state()), StandardCharsets.UTF_8))
                        .toArray(String[]::new))));
  }

  private static Optional<CompletableFuture<RowSet<Row>>> groups(
      Transaction transaction, List<Sourced<GroupState>> groups) {
    return groups.isEmpty()
        ? Optional.empty()
        : Optional.of(
            transaction.query(
                GROUPS,
                Tuple.of(
                    groups.stream().map(g -> g.state().id()).toArray(String[]::new),
                    groups.stream().map(g -> g.state().version()).toArray(Long[]::new),
                    groups.stream().map(g -> g.state().deleted()).toArray(Boolean[]::new),
                    groups.stream().map(g -> g.state().displayName()).toArray(String[]::new),
                    groups.stream().map(g -> g.state().externalId()).toArray(String[]::new))));
  }

  private static Optional<CompletableFuture<RowSet<Row>>> memberships(
      Transaction transaction, Batch batch) {
    List<Sourced<MembershipState>> members = batch.joinings();
    return members.isEmpty()
        ? Optional.empty()
        : Optional.of(
            transaction.query(
                MEMBERSHIPS,
                Tuple.from(
                    List.of(
                        members.stream().map(m -> m.state().groupId()).toArray(String[]::new),
                        members.stream().map(m -> m.state().userId()).toArray(String[]::new),
                        members.stream().map(m -> m.state().version()).toArray(Long[]::new),
                        members.stream().map(m -> m.state().present()).toArray(Boolean[]::new),
                        members.stream()
                            .map(m -> utc(m.state().validFrom()))
                            .toArray(OffsetDateTime[]::new),
                        members.stream()
                            .map(m -> utc(m.state().validUntil()))
                            .toArray(OffsetDateTime[]::new),
                        members.stream()
                            .map(m -> utc(m.cause().requestedAt()))
                            .toArray(OffsetDateTime[]::new)))));
  }

  private static Optional<CompletableFuture<RowSet<Row>>> sessions(
      Transaction transaction, List<Sourced<SessionsRevoked>> sessions) {
    return sessions.isEmpty()
        ? Optional.empty()
        : Optional.of(
            transaction.query(
                SESSIONS,
                Tuple.of(
                    sessions.stream().map(s -> s.state().userId()).toArray(String[]::new),
                    sessions.stream().map(s -> s.state().version()).toArray(Long[]::new))));
  }

  private static Optional<CompletableFuture<RowSet<Row>>> deadLetters(
      Transaction transaction, List<Unreadable> unreadable) {
    return unreadable.isEmpty()
        ? Optional.empty()
        : Optional.of(
            transaction.query(
                DEAD_LETTERS,
                Tuple.of(unreadable.stream().map(Unreadable::digest).toArray(String[]::new))));
  }

  private static void positions(Transaction transaction, Batch batch) {
    if (!batch.positions().isEmpty()) {
      List<Integer> partitions = List.copyOf(batch.positions().keySet());
      transaction.send(
          POSITIONS,
          Tuple.of(
              batch.topic(),
              partitions.toArray(Integer[]::new),
              partitions.stream().map(batch.positions()::get).toArray(Long[]::new)));
    }
  }

  private static List<Unreadable> unknown(
      Transaction transaction,
      Optional<CompletableFuture<RowSet<Row>>> recorded,
      List<Unreadable> unreadable) {
    Set<String> unknown = new HashSet<>(column(transaction, recorded, "digest"));
    return unreadable.stream().filter(record -> unknown.remove(record.digest())).toList();
  }

  private static List<String> column(
      Transaction transaction, Optional<CompletableFuture<RowSet<Row>>> rows, String name) {
    return rows.map(found -> texts(transaction.await(found), name)).orElse(List.of());
  }

  private static List<String> texts(RowSet<Row> rows, String name) {
    List<String> texts = new ArrayList<>();
    rows.forEach(row -> texts.add(row.getString(name)));
    return texts;
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
