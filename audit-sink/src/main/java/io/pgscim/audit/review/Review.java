package io.pgscim.audit.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.audit.verify.LogCheck;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a log from its beginning and keeps what a review of a period tells: who held what is known
 * only from everything before.
 */
public final class Review implements LogCheck.Entries {
  private static final ObjectMapper JSON = new ObjectMapper();

  final Period period;
  final Map<String, ClusterReview> clusters = new TreeMap<>();
  final List<Decided> access = new ArrayList<>();
  private final Groups groups = new Groups();
  private long before;
  private long until;

  public Review(Period period) {
    this.period = period;
  }

  @Override
  public void entry(long index, byte[] entry) throws IOException {
    take(index, JSON.readTree(entry));
  }

  private void take(long index, JsonNode entry) {
    Instant logged = Instant.parse(entry.path("when").path("logged").asText());
    before = logged.isBefore(period.from()) ? index + 1 : before;
    until = logged.isBefore(period.until()) ? index + 1 : until;
    groups.see(entry);
    Decided decided = Decided.of(index, entry, groups.of(entry));
    if (!decided.at().isBefore(period.until())) {
      return;
    }
    if (decided.cluster().isEmpty()) {
      if (period.holds(decided.at()) && isAboutPgscim(decided)) {
        access.add(decided);
      }
      return;
    }
    ClusterReview cluster =
        clusters.computeIfAbsent(decided.cluster(), name -> new ClusterReview());
    cluster.hold(decided);
    if (period.holds(decided.at())) {
      cluster.tell(decided);
    }
  }

  /** Who may push, and who tried without being allowed to. */
  private static boolean isAboutPgscim(Decided entry) {
    return entry.what().endsWith("-credential")
        || entry.what().equals("authenticate")
        || entry.what().equals("request");
  }

  /** How many entries the log had when the period began. */
  public long sizeBefore() {
    return before;
  }

  /** How many entries the log had when the period ended, or has when that is to come. */
  public long sizeAfter() {
    return Math.max(until, before);
  }
}
