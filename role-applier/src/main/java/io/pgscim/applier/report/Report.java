package io.pgscim.applier.report;

import io.pgscim.applier.consume.Unreadable;
import io.pgscim.applier.plan.Change;
import io.pgscim.applier.plan.Refusal;
import io.pgscim.applier.plan.RoleChange.GrantMembership;
import io.pgscim.applier.plan.RoleChange.RevokeMembership;
import io.pgscim.events.Cause;
import io.pgscim.events.DeadLettered;
import io.pgscim.events.Envelope;
import io.pgscim.events.Event;
import io.pgscim.events.RoleChangeRefused;
import io.pgscim.events.RoleChanged;
import io.pgscim.events.Topic;
import io.pgscim.messaging.OutgoingRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Makes the events of one cluster. */
public final class Report {
  /** What an event's texts may hold. */
  private static final int LONGEST = 1000;

  private final String cluster;

  public Report(String cluster) {
    this.cluster = cluster;
  }

  /** The cluster that is spoken of. */
  public String cluster() {
    return cluster;
  }

  /** The name under which the applier speaks of itself. */
  public String reporter() {
    return "role-applier/" + cluster;
  }

  /** An event, about to be committed. */
  public OutgoingRecord of(Event event, Cause cause) {
    return OutgoingRecord.of(Envelope.of("/clusters/" + cluster, Instant.now(), cause, event));
  }

  /** A change that is made. */
  public OutgoingRecord done(Change change, Cause cause) {
    return of(
        new RoleChanged(
            cluster,
            change.role(),
            change.subject().userId(),
            new RoleChanged.Change(
                change.kind(), change.object(), cut(change.description()), change.sql())),
        cause);
  }

  /** A change that is not made. */
  public OutgoingRecord refused(Refusal refusal, Cause cause) {
    return of(
        new RoleChangeRefused(
            cluster,
            refusal.role(),
            refusal.subject().userId(),
            cut(refusal.description()),
            cut(refusal.reason()),
            refusal.sqlState()),
        cause);
  }

  /** A record that was set aside. */
  public OutgoingRecord deadLettered(Unreadable record, Cause cause) {
    return of(
        new DeadLettered(
            reporter(), record.topic(), record.partition(), record.offset(), cut(record.reason())),
        cause);
  }

  /** The record itself, unchanged but for headers that say where it was and why it is here. */
  public OutgoingRecord copy(Unreadable record) {
    Map<String, String> headers = new HashMap<>(record.headers());
    headers.put("dead-letter-topic", record.topic());
    headers.put("dead-letter-partition", Integer.toString(record.partition()));
    headers.put("dead-letter-offset", Long.toString(record.offset()));
    headers.put("dead-letter-reason", record.reason());
    headers.put("dead-letter-reporter", reporter());
    return new OutgoingRecord(
        UUID.randomUUID(),
        Topic.DEAD_LETTER.topicName,
        record.key(),
        "raw",
        headers,
        record.payload());
  }

  /** The access role that a change gives or takes; null when it is about something else. */
  public static String accessOf(Change change) {
    return switch (change) {
      case GrantMembership grant -> grant.access();
      case RevokeMembership revoke -> revoke.access();
      default -> null;
    };
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
