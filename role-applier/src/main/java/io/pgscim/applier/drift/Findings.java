package io.pgscim.applier.drift;

import io.pgscim.applier.digest.Sha256;
import io.pgscim.events.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects what is found: all of it counts, and as much is kept as somebody will read. */
final class Findings {
  /** So many of a kind are shown. */
  private static final int MOST = 1000;

  private final Map<Kind, List<DriftReport.Line>> shown = new EnumMap<>(Kind.class);
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
  private final Set<String> people = new TreeSet<>();
  private String digest = Sha256.of("");
  private boolean heals;

  /**
   * Findings come in an order that is the same while they are.
   *
   * @param userId whom it is about; null when nobody
   */
  void add(Finding finding, String userId) {
    var line = DriftReport.Line.of(finding, userId);
    int count = counts.merge(finding.kind(), 1, Integer::sum);
    if (count <= MOST) {
      shown.computeIfAbsent(finding.kind(), kind -> new ArrayList<>()).add(line);
    }
    digest = Sha256.of(digest + line.kind() + "\n" + line.words());
    if (finding.heals()) {
      heals = true;
      if (userId != null) {
        people.add(userId);
      }
    }
  }

  /** Whether there is anything that pgscim can put right. */
  boolean heal() {
    return heals;
  }

  /** Those of whom pgscim can put something right, in order. */
  List<String> people() {
    return List.copyOf(people);
  }

  /**
   * What somebody will read of it.
   *
   * @param people how many were looked at
   */
  DriftReport report(String cluster, Cause cause, Instant begun, int people, boolean healing) {
    Map<String, Integer> found = new TreeMap<>();
    counts.forEach((kind, count) -> found.put(kind.word(), count));
    return new DriftReport(
        cluster,
        cause.txn(),
        cause.actor(),
        begun.toString(),
        Duration.between(begun, Instant.now()).toMillis(),
        people,
        digest,
        healing,
        counts.values().stream().allMatch(count -> count <= MOST),
        found,
        shown.values().stream().flatMap(List::stream).toList());
  }
}
