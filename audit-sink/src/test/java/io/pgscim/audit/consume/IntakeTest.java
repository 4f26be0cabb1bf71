package io.pgscim.audit.consume;

import static io.pgscim.audit.Samples.added;
import static io.pgscim.audit.Samples.noise;
import static io.pgscim.audit.Samples.received;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.audit.MemoryLog;
import io.pgscim.audit.Samples;
import io.pgscim.audit.entry.Digest;
import io.pgscim.audit.entry.Entries;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.entry.Received;
import io.pgscim.audit.people.Known;
import io.pgscim.audit.people.People;
import io.pgscim.events.Cause;
import io.pgscim.events.Envelope;
import io.pgscim.events.UserState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IntakeTest {
  @TempDir Path folder;
  private final MemoryLog log = new MemoryLog();
  private People people;
  private Intake intake;
  private final Envelope first = added("g", 1);
  private final Envelope second = added("g", 2);

  @BeforeEach
  void open() throws IOException {
    people = People.open(folder, folder.resolve("private/people.db"));
    intake = new Intake(log, people, Clock.fixed(Samples.AT, ZoneOffset.UTC), Duration.ofMillis(1));
  }

  @AfterEach
  void close() throws IOException {
    people.close();
  }

  @Test
  void appendsOneEntryPerRecordInTheirOrder() throws Exception {
    take(List.of(received(first, 0, 0), noise("?", 1), received(second, 1, 0)));

    assertThat(log.lines)
        .extracting(Line::event)
        .hasSize(3)
        .startsWith(first.id())
        .endsWith(second.id());
    assertThat(intake.lastAppend()).isEqualTo(Samples.AT);
  }

  @Test
  void dropsAnEventThatIsInTheLogAlready() throws Exception {
    take(List.of(received(first, 0, 0)));
    take(List.of(received(first, 0, 1), received(second, 0, 2)));

    assertThat(log.lines).extracting(Line::event).containsExactly(first.id(), second.id());
  }

  @Test
  void dropsAnEventThatStandsInTheBatchTwice() throws Exception {
    take(List.of(received(first, 0, 0), received(first, 0, 1)));

    assertThat(log.lines).hasSize(1);
  }

  @Test
  void keepsEveryUnreadableRecordButTheSameOneOnlyOnce() throws Exception {
    List<Received> batch = List.of(noise("?", 1), noise("?", 2));

    take(batch);
    take(batch);

    assertThat(log.lines).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void triesTheSameBatchAgainUntilItIsDurable(MemoryLog.Failure failure) throws Exception {
    log.failures.addAll(List.of(failure, failure));

    take(List.of(received(first, 0, 0), received(second, 0, 1)));

    assertThat(log.lines).extracting(Line::event).containsExactly(first.id(), second.id());
    assertThat(log.size()).isEqualTo(2);
  }

  @Test
  void whatIsPersonalIsKeptBeforeTheEntryThatNamesIt() throws Exception {
    var ada = known("u1", "ada@example.com");

    take(List.of(received(ada, 0, 0)));

    assertThat(people.known("u1")).extracting(Known::event).containsExactly(ada.id());
    assertThat(people.known("u1").getFirst().json()).contains("ada@example.com");
    assertThat(new String(log.lines.getFirst().bytes(), UTF_8))
        .doesNotContain("ada@")
        .contains(Digest.hex(people.sealed("u1").getFirst().bytes()));
  }

  @Test
  void anEventThatComesAgainBringsNobodyBackWhoWasErased() throws Exception {
    var ada = known("u1", "ada@example.com");
    take(List.of(received(ada, 0, 0)));
    people.erase("u1");

    take(List.of(received(ada, 0, 1)));

    assertThat(people.sealed("u1")).isEmpty();
    assertThat(people.known("u1")).isEmpty();
  }

  private void take(List<Received> batch) throws InterruptedException {
    intake.take(batch.stream().map(Entries::read).toList());
  }

  private static Envelope known(String id, String userName) {
    return Envelope.of(
        "/scim/v2/okta",
        Samples.AT,
        new Cause("t", "okta/token-1", Samples.AT, null),
        new UserState(
            id, "okta", 1, false, userName, null, true, null, null, null, null, null, null, null,
            null));
  }

  @Test
  void givesUpOnlyWhenToldToStop() {
    for (int i = 0; i < 10_000; i++) {
      log.failures.add(MemoryLog.Failure.ALL_WRITTEN);
    }
    intake.stop();

    assertThatThrownBy(() -> take(List.of(received(first, 0, 0))))
        .isInstanceOf(InterruptedException.class);
    assertThat(log.size()).isZero();
    assertThat(intake.lastAppend()).isNull();
  }
}
