package io.pgscim.applier.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.policy.Limits;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final Limits FIFTH = new Limits(20, 10, Duration.ofHours(1), Set.of());

  @Test
  void theShareCountsAmongMany() {
    var budget = new Budget(FIFTH, 6120, 0, 0, false);

    assertThat(budget.allowed()).isEqualTo(1224);
    assertThat(budget.allows(1224)).isTrue();
    assertThat(budget.allows(1225)).isFalse();
  }

  @Test
  void theNumberCountsAmongFew() {
    var budget = new Budget(FIFTH, 12, 0, 0, false);

    assertThat(budget.allows(10)).isTrue();
    assertThat(budget.allows(11)).isFalse();
  }

  @Test
  void whoLostSomethingLatelyCountsToo() {
    var budget = new Budget(FIFTH, 1000, 190, 0, false);

    assertThat(budget.allows(10)).isTrue();
    assertThat(budget.allows(11)).isFalse();
  }

  @Test
  void besideAHoldAFewMay() {
    assertThat(new Budget(FIFTH, 1000, 200, 0, true).allows(10)).isTrue();
    assertThat(new Budget(FIFTH, 1000, 0, 0, true).allows(11)).isFalse();
    assertThat(new Budget(FIFTH, 1000, 9, 9, true).allows(1)).isTrue();
    assertThat(new Budget(FIFTH, 1000, 10, 10, true).allows(1)).isFalse();
  }

  @Test
  void withoutALimitAllMay() {
    assertThat(Limits.NONE.isNone()).isTrue();
    assertThat(new Budget(Limits.NONE, 5, 5, 0, false).allows(Integer.MAX_VALUE - 5)).isTrue();
  }
}
