package io.pgscim.scim.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.Resources;
import io.pgscim.scim.filter.Filter;
import io.pgscim.scim.oracle.Draw;
import io.pgscim.scim.oracle.RandomFilter;
import io.pgscim.scim.oracle.Rounds;
import io.pgscim.scim.schema.BuiltIn;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Filters of the grammar, and what is left of them when they are mutilated. */
class FilterFuzzTest {
  private static final Bounded BOUNDED = new Bounded(Duration.ofMillis(100), 16 << 20);

  @Test
  void whateverIsSentIsAFilterOrARefusal() {
    Draw draw = new Draw(Rounds.seed());
    RandomFilter filters = new RandomFilter(draw, BuiltIn.USER);
    ObjectNode user = Resources.barbara();
    long rounds = Rounds.fuzz();
    long understood = 0;
    String other = filters.text();
    for (long round = 0; round < rounds; round++) {
      String sent = filters.text();
      String text = Mutation.several(sent, other, draw);
      other = sent;
      if (BOUNDED.run(() -> text, () -> answer(text, user))) {
        understood++;
      }
    }
    System.out.println(rounds + " filters, " + understood + " of them understood");
    assertThat(understood).as("some of it made sense").isGreaterThan(rounds / 10);
  }

  /** What is read is written so that it reads the same. */
  private static void answer(String text, ObjectNode user) {
    Filter filter = Filter.parse(text);
    String written = filter.toString();
    if (written.length() <= Filter.MAX_LENGTH && !Filter.parse(written).equals(filter)) {
      throw new AssertionError("reads differently when written: " + written);
    }
    filter.on(BuiltIn.USER).matches(user);
  }
}
