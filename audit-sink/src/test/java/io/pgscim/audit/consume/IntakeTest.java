package io.pgscim.audit.consume;

import static io.pgscim.audit.Samples.added;
import static io.pgscim.audit.Samples.noise;
import static io.pgscim.audit.Samples.received;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.audit.MemoryLog;
import io.pgscim.audit.Samples;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.entry.Received;
import io.pgscim.events.Envelope;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IntakeTest {
  private final MemoryLog log = new MemoryLog();
  private final Intake intake =
      new Intake(log, Clock.fixed(Samples.AT, ZoneOffset.UTC), Duration.ofMillis(1));
  private final Envelope first = added("g", 1);
  private final Envelope second = added("g", 2);

  @Test
  void appendsOneEntryPerRecordInTheirOrder() throws Exception {
    intake.take(List.of(received(first, 0, 0), noise("?", 1), received(second, 1, 0)));

    assertThat(log.lines)
        .extracting(Line::event)
        .hasSize(3)
        .startsWith(first.id())
        .endsWith(second.id());
    assertThat(intake.lastAppend()).isEqualTo(Samples.AT);
  }

  @Test
  void dropsAnEventThatIsInTheLogAlready() throws Exception {
    intake.take(List.of(received(first, 0, 0)));
    intake.take(List.of(received(first, 0, 1), received(second, 0, 2)));

    assertThat(log.lines).extracting(Line::event).containsExactly(first.id(), second.id());
  }

  @Test
  void dropsAnEventThatStandsInTheBatchTwice() throws Exception {
    intake.take(List.of(received(first, 0, 0), received(first, 0, 1)));

    assertThat(log.lines).hasSize(1);
  }

  @Test
  void keepsEveryUnreadableRecordButTheSameOneOnlyOnce() throws Exception {
    List<Received> batch = List.of(noise("?", 1), noise("?", 2));

    intake.take(batch);
    intake.take(batch);

    assertThat(log.lines).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void triesTheSameBatchAgainUntilItIsDurable(MemoryLog.Failure failure) throws Exception {
    log.failures.addAll(List.of(failure, failure));

    intake.take(List.of(received(first, 0, 0), received(second, 0, 1)));

    assertThat(log.lines).extracting(Line::event).containsExactly(first.id(), second.id());
    assertThat(log.size()).isEqualTo(2);
  }

  @Test
  void givesUpOnlyWhenToldToStop() {
    for (int i = 0; i < 10_000; i++) {
      log.failures.add(MemoryLog.Failure.ALL_WRITTEN);
    }
    intake.stop();

    assertThatThrownBy(() -> intake.take(List.of(received(first, 0, 0))))
        .isInstanceOf(InterruptedException.class);
    assertThat(log.size()).isZero();
    assertThat(intake.lastAppend()).isNull();
  }
}
