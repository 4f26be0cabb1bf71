package io.pgscim.applier.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.Someone;
import io.pgscim.applier.consume.BatchReader.Raw;
import io.pgscim.events.Cause;
import io.pgscim.events.Envelope;
import io.pgscim.events.Event;
import io.pgscim.events.EventJson;
import io.pgscim.events.Headers;
import io.pgscim.events.MembershipState;
import io.pgscim.events.PolicyAccepted;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchReaderTest {
  private static final Cause CAUSE =
      new Cause("txn-1", "test", Instant.parse("2026-03-01T09:30:00Z"), null);

  @Test
  void keepsTheHighestVersionOfEachKeyWhereverItStands() {
    Batch batch =
        read(
            raw(0, 5, MembershipState.of("g", "u", 3, false)),
            raw(0, 6, MembershipState.of("g", "u", 2, true)),
            raw(1, 9, MembershipState.of("g", "v", 1, true)),
            raw(1, 2, Someone.user("u", "ada")));

    assertThat(batch.memberships())
        .extracting(Sourced::state)
        .containsExactly(
            MembershipState.of("g", "u", 3, false), MembershipState.of("g", "v", 1, true));
    assertThat(batch.users()).hasSize(1);
    assertThat(batch.positions()).isEqualTo(Map.of(0, 7L, 1, 10L));
    assertThat(batch.unreadable()).isEmpty();
  }

  @Test
  void whatIsNoIdentityEventIsUnreadable() {
    Batch batch =
        read(
            new Raw(0, 1, "user/u", Map.of(), "{}".getBytes(StandardCharsets.UTF_8)),
            new Raw(0, 2, null, Map.of(), null),
            raw(0, 3, new PolicyAccepted("user/u", "c", "d")),
            raw(0, 4, MembershipState.of("g".repeat(600), "u", 1, true)));

    assertThat(batch.unreadable())
        .extracting(Unreadable::reason)
        .containsExactly(
            "not a CloudEvent 1.0 in binary mode: header ce_specversion is missing or other",
            "not a CloudEvent 1.0 in binary mode: header ce_specversion is missing or other",
            "not an identity event",
            "an id is longer than 512 bytes");
    assertThat(batch.unreadable().get(1).key()).isEmpty();
    assertThat(batch.positions()).isEqualTo(Map.of(0, 5L));
  }

  @Test
  void nothingUnreadableHoldsWhatPostgresCannotStore() {
    var headers = Map.of("ce_specversion", "1\0.0".getBytes(StandardCharsets.UTF_8));

    Unreadable record = read(new Raw(0, 1, "a\0b", headers, new byte[0])).unreadable().getFirst();

    assertThat(record.key()).isEqualTo("a\ufffdb");
    assertThat(record.headers()).containsEntry("ce_specversion", "1\ufffd.0");
  }

  @Test
  void whatArrivesOneAfterTheOtherIsAsIfItHadComeTogether() {
    Raw joined = raw(0, 1, MembershipState.of("g", "u", 1, true));
    Raw broken = new Raw(1, 1, "user/u", Map.of(), null);
    Raw left = raw(0, 2, MembershipState.of("g", "u", 2, false));
    Arrival first = BatchReader.together("identity-events", List.of(arrival(joined)));

    Arrival all =
        BatchReader.together("identity-events", List.of(first, arrival(broken), arrival(left)));

    assertThat(all.records()).containsExactly(joined, broken, left);
    assertThat(all.batch().joinings()).hasSize(2);
    assertThat(all.batch().memberships())
        .extracting(Sourced::state)
        .containsExactly(MembershipState.of("g", "u", 2, false));
    assertThat(all.batch().unreadable()).hasSize(1);
    assertThat(all.batch().positions()).isEqualTo(Map.of(0, 3L, 1, 2L));
  }

  private static Arrival arrival(Raw record) {
    return new Arrival(List.of(record), read(record));
  }

  private static Batch read(Raw... records) {
    return BatchReader.read("identity-events", List.of(records));
  }

  private static Raw raw(int partition, long offset, Event event) {
    Map<String, byte[]> headers = new HashMap<>();
    Headers.of(Envelope.of("/test", CAUSE.requestedAt(), CAUSE, event))
        .forEach((name, value) -> headers.put(name, value.getBytes(StandardCharsets.UTF_8)));
    return new Raw(partition, offset, event.key(), headers, EventJson.write(event));
  }
}
