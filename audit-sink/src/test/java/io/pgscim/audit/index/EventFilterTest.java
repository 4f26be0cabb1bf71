package io.pgscim.audit.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventFilterTest {
  private final EventFilter filter = new EventFilter();

  @Test
  void forgetsNothingAndInventsLittle() {
    long[] terms = new Random(1).longs(1_000_000, Terms.EVENTS, 2 * Terms.EVENTS).toArray();

    LongStream.of(terms).forEach(filter::add);

    assertThat(LongStream.of(terms)).allMatch(filter::mayHold);
    LongStream others = new Random(2).longs(1_000_000, Terms.EVENTS, 2 * Terms.EVENTS);
    assertThat(others.filter(filter::mayHold).count()).isLessThan(100);
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(new Random(3).longs(1000, Terms.EVENTS, 2 * Terms.EVENTS))
        .noneMatch(filter::mayHold);
  }
}
