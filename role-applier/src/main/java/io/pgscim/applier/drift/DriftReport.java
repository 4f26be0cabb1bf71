package io.pgscim.applier.drift;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one comparison found, for people to read. JSON.
 *
 * @param txn of the request or schedule that had it made, by {@code actor}
 * @param begun ISO 8601: everything about roles is as of then
 * @param people how many were looked at
 * @param digest of the findings, SHA-256 in lower-case hex: the same drift has the same one
 * @param healing whether what pgscim can put right is put right afterwards
 * @param complete false when there is more than is shown
 * @param found how many findings by kind
 */
public record DriftReport(
    String cluster,
    String txn,
    String actor,
    String begun,
    long tookMillis,
    int people,
    String digest,
    boolean healing,
    boolean complete,
    Map<String, Integer> found,
    List<Line> findings) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One finding.
   *
   * @param sql what ends it; null where there is no one answer
   * @param heals whether pgscim ends it when asked to
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Line(
      String kind, String role, String userId, String words, String sql, boolean heals) {
    static Line of(Finding finding, String userId) {
      return new Line(
          finding.kind().word(),
          finding.role(),
          userId,
          finding.words(),
          finding.sql().orElse(null),
          finding.heals());
    }
  }

  public DriftReport {
    found = Collections.unmodifiableMap(new TreeMap<>(found));
    findings = List.copyOf(findings);
  }

  /** Nothing was found. */
  @JsonIgnore
  public boolean isClean() {
    return found.isEmpty();
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers have JSON", e);
    }
  }

  static DriftReport read(String json) {
    try {
      return JSON.readValue(json, DriftReport.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the cluster holds a report that nobody can read", e);
    }
  }
}
