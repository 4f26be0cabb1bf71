package io.pgscim.ingest.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How a client would like to be answered (RFC 7240 §4.1, §4.3).
 *
 * @param async whether it need not be told what became of the request
 * @param patience how long it waits for that all the same
 */
record Preference(boolean async, Duration patience) {
  /** Longest time that a request is kept open for. */
  private static final Duration MOST = Duration.ofSeconds(30);

  /** What the Prefer headers say; of a preference stated twice the first counts (§2). */
  static Preference of(List<String> headers) {
    boolean async = false;
    Duration patience = null;
    for (String each : String.join(",", headers).split(",")) {
      String preference = each.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
      async |= preference.equals("respond-async");
      if (patience == null && preference.startsWith("wait")) {
        patience = seconds(preference.substring("wait".length()).strip());
      }
    }
    return new Preference(async, patience == null ? Duration.ZERO : patience);
  }

  /** A preference that makes no sense is ignored. */
  private static Duration seconds(String value) {
    String digits = value.replaceFirst("^=", "").replace("\"", "").strip();
    if (!value.startsWith("=") || !digits.matches("[0-9]{1,9}")) {
      return null;
    }
    Duration wanted = Duration.ofSeconds(Long.parseLong(digits));
    return wanted.compareTo(MOST) < 0 ? wanted : MOST;
  }
}
