package io.pgscim.scim.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.filter.Filter;
import io.pgscim.scim.oracle.Expression.Element;
import io.pgscim.scim.schema.BuiltIn;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.Returned;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * RFC 7644 §3.4.2.2: two implementations by others are asked about the same random filters and
 * resources. A filter is accepted and answered as they do, or a comparison in it is one that {@link
 * FilterDifference} explains.
 */
class FilterOracleTest {
  private static final UnboundId UNBOUNDID = new UnboundId();

  @Test
  void everyDifferenceIsExplained() {
    Map<FilterDifference, Integer> hits = new EnumMap<>(FilterDifference.class);
    for (ResourceType type : new ResourceType[] {BuiltIn.USER, BuiltIn.GROUP, Things.TYPE}) {
      ScimSdk scimSdk = new ScimSdk(type);
      for (long round = 0; round < Rounds.of(3_000); round++) {
        Draw draw = new Draw(Rounds.seed() + round);
        ObjectNode resource =
            RandomResource.of(draw, type, attribute -> attribute.returned() != Returned.NEVER);
        Expression filter = new RandomFilter(draw, type).filter();
        String input =
            "seed "
                + (Rounds.seed() + round)
                + ", "
                + type.name()
                + ": "
                + filter.text()
                + " about "
                + resource;
        compare(
            new Parties(Oracle.UNBOUNDID, UNBOUNDID::filter, type), filter, resource, input, hits);
        compare(new Parties(Oracle.SCIM_SDK, scimSdk::filter, type), filter, resource, input, hits);
      }
    }
    hits.forEach((difference, count) -> System.out.println(difference + ": " + count));
    if (Rounds.usual()) {
      assertThat(hits.keySet())
          .as("differences that there are")
          .containsExactly(FilterDifference.values());
    }
  }

  /** What a filter is composed of decides it: a difference is that of one of its comparisons. */
  private static void compare(
      Parties parties,
      Expression filter,
      ObjectNode resource,
      String input,
      Map<FilterDifference, Integer> hits) {
    FilterQuestion whole = parties.ask(filter, resource);
    if (whole.agreed()) {
      return;
    }
    List<FilterDifference> found = new ArrayList<>();
    for (Expression leaf : filter.leaves()) {
      FilterQuestion question = parties.ask(leaf, resource);
      if (!question.agreed()) {
        found.addAll(explained(parties, question, input));
      }
    }
    if (found.isEmpty()) {
      found.add(FilterDifference.ofComposition(parties.oracle(), whole));
    }
    assertThat(found)
        .as("%s, pgscim %s%n%s", parties.says(whole), whole.ours(), input)
        .doesNotContainNull();
    found.forEach(difference -> hits.merge(difference, 1, Integer::sum));
  }

  private static List<FilterDifference> explained(
      Parties parties, FilterQuestion question, String input) {
    List<FilterDifference> found = new ArrayList<>();
    if (question.leaf() instanceof Element element) {
      for (ObjectNode candidate : question.candidates()) {
        for (Element comparison : element.comparisons()) {
          FilterQuestion inside = parties.ask(comparison, candidate);
          if (!inside.agreed()) {
            found.add(FilterDifference.of(parties.oracle(), inside));
          }
        }
      }
      if (found.isEmpty()) {
        found.add(FilterDifference.ofComposition(parties.oracle(), question));
      }
    } else {
      found.add(FilterDifference.of(parties.oracle(), question));
    }
    assertThat(found)
        .as(
            "%s, pgscim %s: %s%n%s",
            parties.says(question), question.ours(), question.leaf().text(), input)
        .doesNotContainNull();
    return found;
  }

  /** pgscim and whom it is compared with. */
  private record Parties(
      Oracle oracle, BiFunction<String, ObjectNode, Verdict> other, ResourceType type) {
    FilterQuestion ask(Expression filter, ObjectNode resource) {
      return new FilterQuestion(
          filter,
          resource,
          ours(type, filter.text(), resource),
          other.apply(filter.text(), resource));
    }

    String says(FilterQuestion question) {
      return oracle.title + " says " + question.theirs();
    }
  }

  private static Verdict ours(ResourceType type, String filter, ObjectNode resource) {
    try {
      return Verdict.of(Filter.parse(filter).on(type).matches(resource));
    } catch (ScimException refused) {
      return Verdict.REFUSED;
    }
  }
}
