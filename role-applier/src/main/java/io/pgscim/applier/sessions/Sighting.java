package io.pgscim.applier.sessions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Sql;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one server says of one revocation.
 *
 * @param gone its catalogs no longer have what was taken away
 * @param throughOthers of the roles lost those that the role still has through another
 * @param live the role's sessions there
 */
record Sighting(boolean gone, List<String> throughOthers, Set<Integer> live) {
  private static final String SIGHTINGS = Sql.of(Sighting.class, "sightings");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is asked about. */
  record Question(long id, long roleOid, boolean loginLost, List<String> rolesLost) {}

  /** What the server of this session says, by the revocation's id. */
  static Map<Long, Sighting> of(Session session, Collection<Question> questions) {
    Map<Long, Sighting> found = new HashMap<>();
    for (Row row :
        session.ask(
            SIGHTINGS,
            questions.stream().map(Question::id).toArray(Long[]::new),
            questions.stream().map(Question::roleOid).toArray(Long[]::new),
            questions.stream().map(Question::loginLost).toArray(Boolean[]::new),
            questions.stream().map(q -> json(q.rolesLost())).toArray(String[]::new))) {
      found.put(
          row.getLong("id"),
          new Sighting(
              row.getBoolean("gone"),
              Arrays.asList(row.getArrayOfStrings("through_others")),
              Set.of(row.getArrayOfIntegers("pids"))));
    }
    return found;
  }

  static String json(Object texts) {
    try {
      return JSON.writeValueAsString(texts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts have JSON", e);
    }
  }
}
