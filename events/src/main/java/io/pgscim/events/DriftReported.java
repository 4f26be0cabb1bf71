package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;

import java.util.Map;

/**
 * A cluster was compared, as a whole, with what its policy says: what was found besides, in
 * numbers. The report itself, which names roles, stays in the cluster.
 *
 * @param digest of the findings, SHA-256 in lower-case hex: the same drift has the same one
 * @param people how many were looked at
 * @param found how many findings by kind; null when there are none
 * @param healing whether what pgscim can put right is put right now
 * @param tookMillis how long the comparison took
 */
public record DriftReported(
    String reporter,
    String cluster,
    String digest,
    int people,
    Map<String, Integer> found,
    boolean healing,
    long tookMillis)
    implements SecurityEvent {

  public DriftReported {
    identifier("reporter", reporter);
    identifier("cluster", cluster);
    identifier("digest", digest);
    found = Guard.copy(found);
    if (people < 0 || tookMillis < 0) {
      throw new IllegalArgumentException("no number is < 0");
    }
    if (found != null && found.values().stream().anyMatch(count -> count < 1)) {
      throw new IllegalArgumentException("a kind of which nothing is found is left out");
    }
  }
}
