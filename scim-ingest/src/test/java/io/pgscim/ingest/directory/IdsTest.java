package io.pgscim.ingest.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

  @Test
  void isAUuidOfVersion7ThatHoldsItsTime() {
    UUID id = Ids.at(Instant.parse("2022-02-22T19:22:22.000500Z"), -1);

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id).hasToString("017f22e2-79b0-7800-bfff-ffffffffffff");
  }

  @Test
  void risesWithTime() {
    Random random = new Random(1);
    List<String> ids = new ArrayList<>();
    for (int micros = 0; micros < 3_000; micros++) {
      ids.add(Ids.at(Instant.EPOCH.plusNanos(1_000L * micros), random.nextLong()).toString());
    }

    assertThat(ids).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void readsWhatItMade() {
    UUID id = Ids.next();

    assertThat(Ids.parse(id.toString())).isEqualTo(id);
    assertThat(Ids.parse(id.toString().toUpperCase(Locale.ROOT))).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "00000000-0000-0000-0000-00000000000",
        "00000000-0000-0000-0000-0000000000000",
        "0000000000000000-0000-0000-000000000",
        "gggggggg-0000-0000-0000-000000000000"
      })
  void anythingElseIsNoId(String text) {
    assertThat(Ids.parse(text)).isNull();
  }
}
