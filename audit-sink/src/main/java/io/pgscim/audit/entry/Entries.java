package io.pgscim.audit.entry;

import io.pgscim.events.Cause;
import io.pgscim.events.Envelope;
import io.pgscim.events.Headers;
import io.pgscim.events.MalformedEvent;
import io.pgscim.events.UserState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Turns each record into the entry that stands for it. Never refuses one. */
public final class Entries {
  private static final int MAX_REASON = 500;

  private Entries() {}

  /**
   * The entry of a record: of the event that it holds, or else of the fact that it holds none.
   *
   * @param logged now
   * @param sealer seals what is personal
   */
  public static Line of(Received record, Instant logged, Sealed.Sealer sealer) {
    Envelope envelope;
    try {
      envelope = Headers.read(record.key(), record.headers()::get, record.value());
    } catch (MalformedEvent | RuntimeException e) {
      return unreadable(record, logged, String.valueOf(e.getMessage()));
    }
    Sealed sealed =
        envelope.event() instanceof UserState user
            ? Personal.of(user).map(one -> sealer.seal(envelope.id(), one)).orElse(null)
            : null;
    Entry entry = readable(envelope, record, logged, sealed);
    byte[] bytes = entry.bytes();
    if (bytes.length <= Line.MAX_BYTES) {
      return new Line(entry.event(), entry.from(), bytes, null, sealed);
    }
    byte[] beside = CanonicalJson.write(entry.details());
    bytes = entry.withDetails(Map.of("beside", Digest.hex(beside), "bytes", beside.length)).bytes();
    return bytes.length <= Line.MAX_BYTES
        ? new Line(entry.event(), entry.from(), bytes, beside, sealed)
        : unreadable(record, logged, "larger than any event of pgscim");
  }

  private static Entry readable(Envelope envelope, Received record, Instant logged, Sealed sealed) {
    Action action = Action.of(envelope.event());
    var details = new TreeMap<String, Object>(action.details());
    if (sealed != null) {
      details.put("personal", sealed.digest());
    }
    Cause cause = envelope.cause();
    return new Entry(
        envelope.id(),
        cause.actor(),
        action.what(),
        action.which(),
        new When(cause.requestedAt(), envelope.time(), envelope.recordedAt(), logged),
        action.outcome(),
        cause.txn(),
        envelope.type().ceType,
        envelope.source(),
        cause.traceparent(),
        record.position(),
        details);
  }

  private static Line unreadable(Received record, Instant logged, String reason) {
    byte[] value = record.value() == null ? new byte[0] : record.value();
    var entry =
        new Entry(
            named(record.position().toString(), value),
            null,
            "read-record",
            Map.of("record", record.position().toString()),
            new When(null, record.publishedAt(), null, logged),
            Outcome.UNREADABLE,
            null,
            null,
            null,
            null,
            record.position(),
            Map.of(
                "bytes",
                value.length,
                "reason",
                reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason,
                "sha256",
                Digest.hex(value)));
    return new Line(entry.event(), entry.from(), entry.bytes(), null, null);
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
