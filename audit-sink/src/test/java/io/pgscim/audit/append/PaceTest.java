package io.pgscim.audit.append;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.audit.MemoryLog;
import io.pgscim.audit.Samples;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Duration LOOK = Duration.ofMillis(20);

  private final MemoryLog log = new MemoryLog();
  private final Pace pace = new Pace(log, LOOK);

  @Test
  void looksAgainWhenThereIsNothing() {
    pace.begin();

    assertThat(pace.rest(0)).isEqualTo(LOOK);
  }

  @Test
  void goesOnAtOnceWhenNobodyAppends() throws IOException {
    log.append(Samples.lines(0, 5));
    pace.begin();

    assertThat(pace.rest(3)).isZero();
    assertThat(pace.rest(5)).isEqualTo(LOOK);
  }

  @Test
  void restsLongerThanItWorkedWhileSomebodyAppends() throws Exception {
    pace.begin();
    log.append(Samples.lines(0, 5));
    Thread.sleep(10);

    assertThat(pace.rest(0)).isBetween(Duration.ofMillis(150), Duration.ofSeconds(2));
  }

  @Test
  void neverRestsLong() throws Exception {
    pace.begin();
    log.append(Samples.lines(0, 5));
    Thread.sleep(300);

    assertThat(pace.rest(5)).isEqualTo(Duration.ofSeconds(2));
  }
}
