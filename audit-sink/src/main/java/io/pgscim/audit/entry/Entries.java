package io.pgscim.audit.entry;

import io.pgscim.audit.entry.Reading.Told;
import io.pgscim.audit.entry.Reading.Unreadable;
import io.pgscim.events.Envelope;
import io.pgscim.events.Headers;
import io.pgscim.events.MalformedEvent;
import io.pgscim.events.UserState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Reads each record as what stands for it in the log. Never refuses one. */
public final class Entries {
  private static final int MAX_REASON = 500;

  /** The longest that one UTF-16 unit becomes in JSON. */
  private static final int ESCAPED = 6;

  /** An entry has at most so many bytes besides the texts that it takes from its record. */
  private static final int FRAME = 2048;

  private Entries() {}

  /** What the record says: the event that it holds, or else the fact that it holds none. */
  public static Reading read(Received record) {
    try {
      Envelope envelope = Headers.read(record.key(), record.headers()::get, record.value());
      Personal personal =
          envelope.event() instanceof UserState user ? Personal.of(user).orElse(null) : null;
      var told = new Told(record.position(), envelope, personal);
      return isSmall(record) || told.fits()
          ? told
          : unreadable(record, "larger than any event of pgscim");
    } catch (MalformedEvent | RuntimeException e) {
      return unreadable(record, String.valueOf(e.getMessage()));
    }
  }

  private static boolean isSmall(Received record) {
    long texts = 0;
    for (String text : record.headers().values()) {
      texts += text.length();
    }
    return FRAME + (texts + record.length()) * ESCAPED <= Line.MAX_BYTES;
  }

  private static Unreadable unreadable(Received record, String reason) {
    return new Unreadable(
        record,
        named(record.position().toString(), record.valueOrNothing()),
        reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason);
  }

  /**
   * What has no event id gets one from where it stands and what it holds (RFC 9562 version 8), so
   * that the same has the same again.
   */
  static UUID named(String place, byte[] value) {
    var hash =
        ByteBuffer.wrap(Digest.sha256(place.getBytes(StandardCharsets.UTF_8), new byte[1], value));
    long high = hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x8000L;
    long low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
