package io.pgscim.audit;

import io.pgscim.audit.entry.Entries;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.entry.Position;
import io.pgscim.audit.entry.Received;
import io.pgscim.audit.entry.Sealed;
import io.pgscim.events.Cause;
import io.pgscim.events.Envelope;
import io.pgscim.events.EventJson;
import io.pgscim.events.Headers;
import io.pgscim.events.MembershipState;
import io.pgscim.events.RoleChanged;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** Records and entries to test with. */
public final class Samples {
  public static final Instant AT = Instant.parse("2026-03-01T09:30:00Z");

  private Samples() {}

  /** An event that somebody was put into a group. */
  public static Envelope added(String group, int user) {
    return Envelope.of(
        "/scim/v2/okta",
        AT,
        new Cause("t-" + user, "okta/token-1", AT, null),
        MembershipState.of(group, "u" + user, 1, true));
  }

  /** An event whose statement is as long as asked for. */
  public static Envelope changed(int sqlLength) {
    return Envelope.of(
        "/clusters/production",
        AT,
        new Cause("t", "okta/token-1", AT, null),
        new RoleChanged(
            "production",
            "ada",
            "u1",
            new RoleChanged.Change(
                RoleChanged.Kind.GRANT_PRIVILEGE, "t", "d", "x".repeat(sqlLength))));
  }

  public static Received received(Envelope envelope, int partition, long offset) {
    return new Received(
        new Position(envelope.type().topic.topicName, partition, offset),
        AT,
        envelope.event().key(),
        Headers.of(envelope),
        EventJson.write(envelope.event()));
  }

  /** A record that is no event. */
  public static Received noise(String value, long offset) {
    return new Received(
        new Position("identity-events", 0, offset),
        AT,
        "k",
        Map.of(),
        value.getBytes(StandardCharsets.UTF_8));
  }

  public static Line line(int number) {
    var envelope = added("g", number);
    var fixed =
        new Envelope(
            new UUID(7, number + 1),
            envelope.source(),
            envelope.time(),
            null,
            envelope.cause(),
            envelope.event());
    return entry(received(fixed, number % 3, number), AT);
  }

  public static List<Line> lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(Samples::line).toList();
  }

  /** The entry of a record; what is personal is sealed as itself, backwards. */
  public static Line entry(Received record, Instant logged) {
    return Entries.read(record)
        .line(
            logged,
            (event, personal) ->
                new Sealed(
                    personal.user(),
                    event,
                    new StringBuilder(new String(personal.json(), StandardCharsets.UTF_8))
                        .reverse()
                        .toString()
                        .getBytes(StandardCharsets.UTF_8)));
  }
}
