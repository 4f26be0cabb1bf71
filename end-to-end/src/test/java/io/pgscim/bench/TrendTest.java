package io.pgscim.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pgscim.bench.Trend.Sample;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
  private static final int TEN_MINUTES_EACH_10_S = 60;

  private static Trend trend(IntToDoubleFunction value) {
    List<Sample> samples =
        IntStream.range(0, TEN_MINUTES_EACH_10_S)
            .mapToObj(i -> new Sample(i * 10, value.applyAsDouble(i)))
            .toList();
    return Trend.of(samples);
  }

  @Test
  void noiseAloneIsFlat() {
    Random random = new Random(7);

    assertThat(trend(i -> 100 + 20 * random.nextGaussian()).grows(1)).isFalse();
  }

  @Test
  void leakUnderNoiseIsFound() {
    Random random = new Random(7);

    Trend trend = trend(i -> 100 + i * 0.5 + 5 * random.nextGaussian());

    assertThat(trend.grows(1)).isTrue();
    assertThat(trend.perHour()).isCloseTo(180, within(40.0));
  }

  @Test
  void spikesAreNoTrend() {
    assertThat(trend(i -> i > 50 && i % 3 == 0 ? 10_000 : 0).grows(1)).isFalse();
  }

  @Test
  void surePettyGrowthIsFlat() {
    assertThat(trend(i -> 100 + i * 0.01).grows(1)).isFalse();
  }

  @Test
  void whatNeverMovesIsFlat() {
    assertThat(trend(i -> 12)).isEqualTo(new Trend(12, 0, 0, 0));
  }

  @Test
  void fallingIsNotGrowing() {
    assertThat(trend(i -> 100 - i).grows(1)).isFalse();
  }
}
