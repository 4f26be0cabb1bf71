package io.pgscim.applier.consume;

import io.pgscim.events.Event;
import io.pgscim.events.GroupState;
import io.pgscim.events.Headers;
import io.pgscim.events.IdentityEvent;
import io.pgscim.events.MalformedEvent;
import io.pgscim.events.MembershipState;
import io.pgscim.events.RoleEvent;
import io.pgscim.events.SecurityEvent;
import io.pgscim.events.SessionsRevoked;
import io.pgscim.events.UserState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads raw records into a batch. A record that is no identity event becomes an {@link Unreadable}.
 */
public final class BatchReader {
  /** Longest id that an index of the ledger can hold in every combination, in bytes of UTF-8. */
  static final int MAX_ID = 512;

  /** One record as Kafka has it. */
  public record Raw(
      int partition, long offset, String key, Map<String, byte[]> headers, byte[] value) {

    private long bytes() {
      long bytes = length(value);
      for (byte[] header : headers.values()) {
        bytes += length(header);
      }
      return bytes;
    }

    private static int length(byte[] part) {
      return part == null ? 0 : part.length;
    }
  }

  private final String topic;
  private final List<Raw> records = new ArrayList<>();
  private final List<Sourced<UserState>> users = new ArrayList<>();
  private final List<Sourced<GroupState>> groups = new ArrayList<>();
  private final List<Sourced<MembershipState>> memberships = new ArrayList<>();
  private final List<Sourced<SessionsRevoked>> sessions = new ArrayList<>();
  private final List<Unreadable> unreadable = new ArrayList<>();
  private final Map<Integer, Long> positions = new HashMap<>();
  private long bytes;

  BatchReader(String topic) {
    this.topic = topic;
  }

  void add(Raw raw) {
    records.add(raw);
    bytes += raw.bytes();
    positions.merge(raw.partition(), raw.offset() + 1, Math::max);
    try {
      var envelope = Headers.read(raw.key(), name -> text(raw.headers().get(name)), raw.value());
      Event event = envelope.event();
      switch (event) {
        case IdentityEvent identity -> {
          checkIds(identity);
          switch (identity) {
            case UserState user -> users.add(new Sourced<>(user, envelope.cause()));
            case GroupState group -> groups.add(new Sourced<>(group, envelope.cause()));
            case MembershipState membership ->
                memberships.add(new Sourced<>(membership, envelope.cause()));
            case SessionsRevoked revoked -> sessions.add(new Sourced<>(revoked, envelope.cause()));
          }
        }
        case RoleEvent role -> throw new MalformedEvent("not an identity event");
        case SecurityEvent security -> throw new MalformedEvent("not an identity event");
      }
    } catch (MalformedEvent e) {
      unreadable.add(unreadable(raw, e.getMessage()));
    }
  }

  /** Adds what came after, read already. */
  void add(BatchReader later) {
    records.addAll(later.records);
    bytes += later.bytes;
    users.addAll(later.users);
    groups.addAll(later.groups);
    memberships.addAll(later.memberships);
    sessions.addAll(later.sessions);
    unreadable.addAll(later.unreadable);
    later.positions.forEach((partition, next) -> positions.merge(partition, next, Math::max));
  }

  int size() {
    return records.size();
  }

  /** As Kafka has them, about. */
  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  Arrival arrival() {
    return new Arrival(records, batch());
  }

  private Batch batch() {
    return new Batch(
        topic, users, groups, memberships, memberships, sessions, unreadable, positions);
  }

  /** One arrival after the other, as if they had come together. */
  public static Arrival together(String topic, List<Arrival> arrivals) {
    if (arrivals.size() == 1) { // As a rule nothing follows, and it is read already.
      return arrivals.getFirst();
    }
    var reader = new BatchReader(topic);
    arrivals.forEach(arrival -> arrival.records().forEach(reader::add));
    return reader.arrival();
  }

  /** What the records hold. */
  public static Batch read(String topic, List<Raw> records) {
    var reader = new BatchReader(topic);
    records.forEach(reader::add);
    return reader.batch();
  }

  /** The record as one to set aside, for a reason found later. */
  public static Batch setAside(String topic, Raw raw, String reason) {
    var reader = new BatchReader(topic);
    reader.positions.put(raw.partition(), raw.offset() + 1);
    reader.unreadable.add(reader.unreadable(raw, reason));
    return reader.batch();
  }

  private Unreadable unreadable(Raw raw, String reason) {
    Map<String, String> headers = new HashMap<>();
    raw.headers().forEach((name, value) -> headers.put(name, String.valueOf(text(value))));
    return new Unreadable(
        topic,
        raw.partition(),
        raw.offset(),
        raw.key() == null ? "" : raw.key().replace('\0', '\uFFFD'),
        headers,
        raw.value() == null ? new byte[0] : raw.value(),
        reason);
  }

  private static void checkIds(IdentityEvent event) throws MalformedEvent {
    List<String> ids =
        switch (event) {
          case UserState user -> List.of(user.id());
          case GroupState group -> List.of(group.id());
          case MembershipState member -> List.of(member.userId(), member.groupId());
          case SessionsRevoked revoked -> List.of(revoked.userId());
        };
    for (String id : ids) {
      if (id.getBytes(StandardCharsets.UTF_8).length > MAX_ID) {
        throw new MalformedEvent("an id is longer than " + MAX_ID + " bytes");
      }
    }
  }

  /** PostgreSQL's texts hold no U+0000. */
  private static String text(byte[] value) {
    return value == null ? null : new String(value, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
  }
}
