package io.pgscim.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {

  @Test
  void writesAndReadsEveryInstantAsItsClassDoes() {
    var random = new Random(1);
    int[] nanos = {0, 1, 10, 1000, 120_000, 1_000_000, 120_000_000, 999_999_999};
    for (int i = 0; i < 100_000; i++) {
      long second = random.nextLong(-70_000_000_000L, 260_000_000_000L);
      Instant instant = Instant.ofEpochSecond(second, nanos[i % nanos.length]);

      assertThat(Instants.text(instant)).isEqualTo(instant.toString());
      assertThat(Instants.parse(instant.toString())).isEqualTo(instant);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01T09:30:00.5Z",
        "2026-03-01T09:30:00.123456789Z",
        "2026-03-01T24:00:00Z",
        "2016-12-31T23:59:60Z",
        "2024-02-29T00:00:00Z",
        "2026-03-01T09:30:00+01:00",
        "2026-03-01t09:30:00z",
        "-0001-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z"
      })
  void readsWhatItsClassReads(String text) {
    assertThat(Instants.parse(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-03-01T25:00:00Z",
        "2026-03-01T09:60:00Z",
        "2026-03-01T09:30:61Z",
        "2026-03-01T09:30:00",
        "2026-03-01 09:30:00Z",
        "2026-03-0١T09:30:00Z",
        "2026-03-01T09:30:00.1234567890Z"
      })
  void refusesWhatItsClassRefuses(String text) {
    assertThatThrownBy(() -> Instant.parse(text)).isInstanceOf(DateTimeException.class);
    assertThatThrownBy(() -> Instants.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
