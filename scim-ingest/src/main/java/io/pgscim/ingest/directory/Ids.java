package io.pgscim.ingest.directory;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids of resources: UUIDs of version 7 (RFC 9562 §5.7), which rise with time and so index well. */
public final class Ids {
  private Ids() {}

  /** A new id. */
  public static UUID next() {
    return at(Instant.now(), ThreadLocalRandom.current().nextLong());
  }

  /** 48 bits of milliseconds, the version, 12 bits of the rest of the millisecond, chance. */
  static UUID at(Instant time, long random) {
    long fraction = (time.getNano() % 1_000_000L << 12) / 1_000_000L;
    return new UUID(time.toEpochMilli() << 16 | 0x7000L | fraction, random >>> 2 | Long.MIN_VALUE);
  }

  /** The id that the text spells; null when it spells none, so nothing can have it. */
  public static UUID parse(String text) {
    if (text.length() != 36) {
      return null;
    }
    try {
      UUID id = UUID.fromString(text);
      // Only the usual spelling: one resource has one URL.
      return id.toString().equalsIgnoreCase(text) ? id : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
