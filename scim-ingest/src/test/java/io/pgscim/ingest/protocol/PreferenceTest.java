package io.pgscim.ingest.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7240 §2, §4.1 and §4.3. */
class PreferenceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "respond-async | true | 0",
        "Respond-Async, wait=10 | true | 10",
        "wait=10 | false | 10",
        "respond-async; x=y, wait = \"7\" | true | 7",
        "wait=1, wait=5, respond-async | true | 1",
        "respond-async, wait=100000000 | true | 30",
        "respond-async, wait=9999999999999 | true | 0",
        "respond-async, wait=-1 | true | 0",
        "respond-async, wait | true | 0",
        "return=minimal | false | 0",
        "`` | false | 0",
      })
  void isReadAsItIsWritten(String header, boolean async, long seconds) {
    assertThat(Preference.of(List.of(header)))
        .isEqualTo(new Preference(async, Duration.ofSeconds(seconds)));
  }

  @Test
  void mayBeSpreadOverHeaders() {
    assertThat(Preference.of(List.of("wait=2", "respond-async")))
        .isEqualTo(new Preference(true, Duration.ofSeconds(2)));
    assertThat(Preference.of(List.of())).isEqualTo(new Preference(false, Duration.ZERO));
  }
}
