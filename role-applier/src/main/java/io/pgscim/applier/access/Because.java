package io.pgscim.applier.access;

import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.current.Catalog;
import io.pgscim.applier.current.Situation;
import io.pgscim.applier.wanted.Reason;
import io.pgscim.applier.wanted.WantedAccess;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whose a login is, and why its person should have it.
 *
 * @param userName as the directory has it; empty when the ledger has not heard of the user
 * @param reasons for each access role that the policy gives
 */
public record Because(String userId, Optional<String> userName, List<Reason> reasons) {
  private static final String MANAGED = Sql.of(Because.class, "managed");

  public Because {
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(userName, "userName");
    reasons = List.copyOf(reasons);
  }

  /** Those for being a member of that role. */
  public List<Reason> of(String role) {
    return reasons.stream().filter(reason -> reason.role().equals(role)).toList();
  }

  /**
   * Of these roles, by oid, those that are people's and managed. Reads ledger and catalogs of the
   * home database.
   */
  public static Map<Long, Because> of(
      Transaction home, WantedAccess wanted, Instant now, Collection<Long> logins) {
    Map<String, Long> oids = new HashMap<>();
    for (Row row : home.ask(MANAGED, (Object) logins.toArray(Long[]::new))) {
      oids.put(row.getString("user_id"), row.getLong("role_oid"));
    }
    Map<Long, Because> because = new HashMap<>();
    if (!oids.isEmpty()) {
      for (Situation situation : Catalog.situations(home, oids.keySet())) {
        because.put(
            oids.get(situation.userId()),
            new Because(
                situation.userId(),
                situation.person().flatMap(p -> Optional.ofNullable(p.user().userName())),
                situation.person().map(p -> wanted.reasons(now, p)).orElse(List.of())));
      }
    }
    return because;
  }
}
