package io.pgscim.ingest.clients;

import java.util.Locale;

/** What a secret is good for. */
public enum Kind {
  /** Sent as it is with every request (RFC 6750). */
  TOKEN,
  /** Exchanged for access tokens (RFC 6749 §4.4). */
  SECRET,
  /** What it is exchanged for. */
  ACCESS;

  /** The word in the database, in events and in the admin API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Kind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
