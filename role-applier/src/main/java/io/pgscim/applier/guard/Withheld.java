package io.pgscim.applier.guard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.plan.Change;
import io.pgscim.applier.plan.RoleChange;
import io.pgscim.events.Cause;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * What is to be taken from one person and is not.
 *
 * @param role the person's role when it was withheld
 * @param cause what would take it
 */
public record Withheld(String userId, Verdict verdict, String role, List<Part> parts, Cause cause) {
  private static final String OF = Sql.of(Withheld.class, "withheld_of");
  private static final String WAITING = Sql.of(Withheld.class, "waiting");
  private static final String PART_OF = Sql.of(Withheld.class, "part_of");
  private static final String WITHHOLD = Sql.of(Withheld.class, "withhold");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Why it is not done. */
  public enum Verdict {
    /** Nobody has judged it yet. */
    WAITING,
    HELD,
    REJECTED
  }

  /** One change that is not made. */
  public record Part(String line, String description, String sql) {}

  public Withheld {
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(role, "role");
    parts = List.copyOf(parts);
    Objects.requireNonNull(cause, "cause");
  }

  /** A taking that waits to be judged. */
  static Withheld waiting(Taking taking, Cause cause) {
    return new Withheld(
        taking.userId(),
        Verdict.WAITING,
        taking.role(),
        taking.changes().stream().map(Withheld::part).toList(),
        cause);
  }

  private static Part part(RoleChange change) {
    return new Part(Taking.line(change), change.description(), change.sql());
  }

  /** The {@link Taking#lines lines} of what is not done. */
  public Set<String> lines() {
    return parts.stream().map(Part::line).collect(Collectors.toSet());
  }

  /** Whether this change is part of it. */
  public boolean covers(Change change) {
    return change instanceof RoleChange role
        && Taking.takes(role)
        && lines().contains(Taking.line(role));
  }

  /** Asks what is withheld from users, without waiting; {@link #read} takes the answer. */
  public static CompletableFuture<RowSet<Row>> ask(
      Transaction transaction, Collection<String> users) {
    return transaction.query(OF, Tuple.of(users.toArray(String[]::new)));
  }

  /** By user id, in order. */
  public static Map<String, Withheld> read(RowSet<Row> rows) {
    Map<String, Withheld> withheld = new TreeMap<>();
    rows.forEach(row -> withheld.put(row.getString("user_id"), of(row)));
    return withheld;
  }

  /** What waits to be judged, by user id. */
  public static Map<String, Withheld> waiting(Transaction transaction) {
    return read(transaction.ask(WAITING));
  }

  /** What a hold withholds from up to so many users after that one, in the order of their ids. */
  public static List<Withheld> partOf(Transaction transaction, long hold, String after, int most) {
    return List.copyOf(read(transaction.ask(PART_OF, hold, after, most)).values());
  }

  /** Those of these requests of which something is withheld. */
  static Set<String> txnsAmong(Transaction transaction, Collection<String> txns) {
    Set<String> found = new TreeSet<>();
    transaction
        .ask(
            "SELECT DISTINCT txn FROM pgscim.withheld WHERE txn = ANY ($1)",
            (Object) txns.toArray(String[]::new))
        .forEach(row -> found.add(row.getString("txn")));
    return found;
  }

  /** Notes what waits to be judged from now on, without waiting. */
  static void note(Transaction transaction, Collection<Withheld> withheld) {
    if (!withheld.isEmpty()) {
      transaction.send(
          WITHHOLD,
          Tuple.from(
              List.of(
                  withheld.stream().map(Withheld::userId).toArray(String[]::new),
                  withheld.stream().map(Withheld::role).toArray(String[]::new),
                  withheld.stream().map(one -> json(one.parts())).toArray(String[]::new),
                  withheld.stream().map(one -> one.cause().txn()).toArray(String[]::new),
                  withheld.stream().map(one -> one.cause().actor()).toArray(String[]::new),
                  withheld.stream()
                      .map(one -> one.cause().requestedAt().atOffset(ZoneOffset.UTC))
                      .toArray(OffsetDateTime[]::new),
                  withheld.stream().map(one -> one.cause().traceparent()).toArray(String[]::new))));
    }
  }

  /** Brings what waits up to what would be taken now, without waiting. */
  public static void settle(
      Transaction transaction, Map<String, Withheld> waiting, Map<String, Taking> takings) {
    drop(
        transaction, waiting.keySet().stream().filter(user -> !takings.containsKey(user)).toList());
    note(
        transaction,
        waiting.values().stream()
            .filter(one -> takings.containsKey(one.userId()))
            .filter(one -> !one.lines().equals(takings.get(one.userId()).lines()))
            .map(one -> waiting(takings.get(one.userId()), one.cause()))
            .toList());
  }

  /** Nothing is withheld from these users any more; without waiting. */
  static void drop(Transaction transaction, Collection<String> users) {
    if (!users.isEmpty()) {
      transaction.send(
          "DELETE FROM pgscim.withheld WHERE user_id = ANY ($1)",
          Tuple.of(users.toArray(String[]::new)));
    }
  }

  private static Withheld of(Row row) {
    String state = row.getString("state");
    return new Withheld(
        row.getString("user_id"),
        state == null ? Verdict.WAITING : "held".equals(state) ? Verdict.HELD : Verdict.REJECTED,
        row.getString("role"),
        parts(row.getJson("changes").toString()),
        Hold.cause(row));
  }

  private static List<Part> parts(String json) {
    try {
      return Arrays.asList(JSON.readValue(json, Part[].class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what is withheld was not written by pgscim", e);
    }
  }

  private static String json(List<Part> parts) {
    try {
      return JSON.writeValueAsString(parts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts have JSON", e);
    }
  }
}
