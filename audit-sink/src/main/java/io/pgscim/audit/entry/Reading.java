package io.pgscim.audit.entry;

import io.pgscim.events.Cause;
import io.pgscim.events.Envelope;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What a record says. The entry that stands for it is made once it is known to be new. */
public sealed interface Reading {

  /** The event's id: no other entry of the log has it. */
  UUID event();

  /** What is personal in it; null when nothing is. */
  Personal personal();

  /**
   * The entry that stands for the record.
   *
   * @param logged now
   * @param sealer seals what is personal
   */
  Line line(Instant logged, Sealed.Sealer sealer);

  /** An event of pgscim, the entry of which fits the log. */
  record Told(Position from, Envelope envelope, Personal personal) implements Reading {

    @Override
    public UUID event() {
      return envelope.id();
    }

    @Override
    public Line line(Instant logged, Sealed.Sealer sealer) {
      Action action = Action.of(envelope.event());
      Map<String, Object> details = action.details();
      Sealed sealed = personal == null ? null : sealer.seal(event(), personal);
      if (sealed != null) {
        details = new TreeMap<>(details);
        details.put("personal", sealed.digest());
      }
      Entry entry = entry(action, logged, details);
      byte[] bytes = entry.bytes();
      if (bytes.length <= Line.MAX_BYTES) {
        return new Line(event(), from, bytes, null, sealed);
      }
      byte[] beside = CanonicalJson.write(details);
      bytes = entry.withDetails(elsewhere(Digest.hex(beside), beside.length)).bytes();
      return new Line(event(), from, bytes, beside, sealed);
    }

    /** Whether the entry fits at least once its details lie beside the log. */
    boolean fits() {
      var details = elsewhere("0".repeat(64), Integer.MAX_VALUE);
      // With nanoseconds: no instant is longer.
      Instant longest = Instant.EPOCH.plusNanos(1);
      Entry entry = entry(Action.of(envelope.event()), longest, details);
      return entry.bytes().length <= Line.MAX_BYTES;
    }

    private static Map<String, Object> elsewhere(String digest, int length) {
      return Map.of("beside", digest, "bytes", length);
    }

    private Entry entry(Action action, Instant logged, Map<String, Object> details) {
      Cause cause = envelope.cause();
      return new Entry(
          event(),
          cause.actor(),
          action.what(),
          action.which(),
          new When(cause.requestedAt(), envelope.time(), envelope.recordedAt(), logged),
          action.outcome(),
          cause.txn(),
          envelope.type().ceType,
          envelope.source(),
          cause.traceparent(),
          from,
          details);
    }
  }

  /** No event of pgscim, for that reason. */
  record Unreadable(Received record, UUID event, String reason) implements Reading {

    @Override
    public Personal personal() {
      return null;
    }

    @Override
    public Line line(Instant logged, Sealed.Sealer sealer) {
      Position from = record.position();
      var entry =
          new Entry(
              event,
              null,
              "read-record",
              Map.of("record", from.toString()),
              new When(null, record.publishedAt(), null, logged),
              Outcome.UNREADABLE,
              null,
              null,
              null,
              null,
              from,
              Map.of(
                  "bytes",
                  record.length(),
                  "reason",
                  reason,
                  "sha256",
                  Digest.hex(record.valueOrNothing())));
      return new Line(event, from, entry.bytes(), null, null);
    }
  }
}
