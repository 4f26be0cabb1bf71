package io.pgscim.applier.sessions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.events.Cause;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * A revocation that is seen through at every place.
 *
 * @param nobodyMay the login is lost and was not given back
 * @param proven it was proven before, and was looked at once more
 * @param ended the sessions that were ended, by place
 */
record Concluded(
    Sighting.Question question,
    String role,
    String userId,
    boolean nobodyMay,
    String reason,
    Cause cause,
    boolean proven,
    TreeMap<String, List<Integer>> ended) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Concluded of(Row row) {
    return new Concluded(
        new Sighting.Question(
            row.getLong("id"),
            row.getLong("role_oid"),
            row.getBoolean("login_lost"),
            Arrays.asList(row.getArrayOfStrings("roles_lost"))),
        row.getString("role_name"),
        row.getString("user_id"),
        row.getBoolean("nobody_may"),
        row.getString("reason"),
        cause(row),
        row.getBoolean("proven"),
        ended(row.getString("ended")));
  }

  static Cause cause(Row row) {
    return new Cause(
        row.getString("txn"),
        row.getString("actor"),
        row.getOffsetDateTime("requested_at").toInstant(),
        row.getString("traceparent"));
  }

  long id() {
    return question.id();
  }

  /** What was found, in plain words. */
  String description(List<String> throughOthers) {
    String gone =
        question.loginLost()
            ? role + " may not log in and is a member of nothing"
            : question.rolesLost().isEmpty()
                ? role + " has no session from before"
                : role + " is no member of " + String.join(", ", question.rolesLost());
    String still =
        throughOthers.isEmpty()
            ? ""
            : "; through other roles it still has " + String.join(", ", throughOthers);
    int sessions = ended.values().stream().mapToInt(List::size).sum();
    return gone + still + "; sessions ended: " + sessions;
  }

  private static TreeMap<String, List<Integer>> ended(String json) {
    try {
      return json == null ? new TreeMap<>() : JSON.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL made no JSON", e);
    }
  }
}
