package io.pgscim.applier.sessions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The revocations whose sessions have not been looked at yet. Noted in the transaction that takes
 * the access away, so that a crash right after it does not leave a session alive.
 */
public final class Revocations {
  private static final String NOTE = Sql.of(Revocations.class, "note");
  private static final String MEMBERS_THROUGH = Sql.of(Revocations.class, "members_through");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Revocations() {}

  /** Notes revocations of users who have a login role, without waiting. */
  public static void note(Transaction transaction, List<Revocation> revocations) {
    if (revocations.isEmpty()) {
      return;
    }
    transaction.send(
        NOTE,
        Tuple.from(
            List.of(
                revocations.stream().map(Revocation::userId).toArray(String[]::new),
                revocations.stream().map(Revocation::loginLost).toArray(Boolean[]::new),
                revocations.stream().map(r -> json(r.rolesLost())).toArray(String[]::new),
                revocations.stream().map(Revocation::reason).toArray(String[]::new),
                revocations.stream().map(r -> r.cause().txn()).toArray(String[]::new),
                revocations.stream().map(r -> r.cause().actor()).toArray(String[]::new),
                revocations.stream()
                    .map(r -> r.cause().requestedAt().atOffset(ZoneOffset.UTC))
                    .toArray(OffsetDateTime[]::new),
                revocations.stream().map(r -> r.cause().traceparent()).toArray(String[]::new))));
  }

  /** The users who have an access role, directly or through others. */
  public static List<String> membersThrough(Transaction transaction, String access) {
    List<String> users = new ArrayList<>();
    for (Row row : transaction.ask(MEMBERS_THROUGH, access)) {
      users.add(row.getString("user_id"));
    }
    return users;
  }

  private static String json(List<String> roles) {
    try {
      return JSON.writeValueAsString(roles);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts have JSON", e);
    }
  }
}
