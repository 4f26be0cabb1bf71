package io.pgscim.applier.report;

import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.digest.Sha256;
import io.pgscim.applier.plan.Refusal;
import io.pgscim.applier.plan.Subject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Remembers what is refused, so that looking again does not report it again. */
public final class Refusals {
  private static final String NOTE = Sql.of(Refusals.class, "note_refusals");
  private static final String WAITING = Sql.of(Refusals.class, "waiting_for");

  private Refusals() {}

  /**
   * Notes what is refused to some subjects now, without waiting.
   *
   * @param before the fingerprints noted for each of these subjects until now
   * @return those that are new
   */
  public static List<Refusal> note(
      Transaction transaction, Map<Subject, Set<String>> before, Collection<Refusal> now) {
    Map<String, Refusal> current = new LinkedHashMap<>();
    now.forEach(refusal -> current.putIfAbsent(fingerprint(refusal), refusal));
    boolean over =
        before.values().stream().flatMap(Set::stream).anyMatch(old -> !current.containsKey(old));
    List<Refusal> news = new ArrayList<>();
    current.forEach(
        (fingerprint, refusal) -> {
          if (!before.getOrDefault(refusal.subject(), Set.of()).contains(fingerprint)) {
            news.add(refusal);
          }
        });
    if (over || !news.isEmpty()) {
      send(transaction, before.keySet(), current);
    }
    return news;
  }

  /** The users to whom one of these names was refused, and who may have it now. */
  public static List<String> waitingFor(Transaction transaction, Collection<String> names) {
    List<String> users = new ArrayList<>();
    for (Row row : transaction.ask(WAITING, (Object) names.toArray(String[]::new))) {
      users.add(row.getString("user_id"));
    }
    return users;
  }

  private static void send(
      Transaction transaction, Set<Subject> subjects, Map<String, Refusal> refusals) {
    Collection<Refusal> values = refusals.values();
    transaction.send(
        NOTE,
        Tuple.from(
            List.of(
                subjects.stream().map(Subject::key).toArray(String[]::new),
                values.stream().map(r -> r.subject().key()).toArray(String[]::new),
                refusals.keySet().toArray(String[]::new),
                values.stream().map(Refusal::role).toArray(String[]::new),
                values.stream().map(Refusal::description).toArray(String[]::new),
                values.stream().map(Refusal::reason).toArray(String[]::new),
                values.stream().map(Refusal::sqlState).toArray(String[]::new))));
  }

  private static String fingerprint(Refusal refusal) {
    return Sha256.of(
        String.join(
            "\n",
            refusal.subject().key(),
            refusal.role(),
            refusal.description(),
            refusal.reason(),
            String.valueOf(refusal.sqlState())));
  }
}
