package io.pgscim.scim.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.oracle.Outcome.Patched;
import io.pgscim.scim.resource.Intake;
import io.pgscim.scim.resource.Tolerance;
import io.pgscim.scim.schema.BuiltIn;
import io.pgscim.scim.schema.ResourceType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * RFC 7644 §3.5.2: two implementations by others do the same random operations to the same random
 * resources. The resource afterwards is theirs, or the difference is one that {@link
 * PatchDifference} explains.
 */
class PatchOracleTest {
  private static final long ROUNDS = Rounds.of(1_500);
  private static final UnboundId UNBOUNDID = new UnboundId();

  static List<ResourceType> types() {
    return List.of(BuiltIn.USER, BuiltIn.GROUP, Things.TYPE);
  }

  @Test
  void everyDifferenceIsExplained() {
    Map<PatchDifference, Integer> hits = new EnumMap<>(PatchDifference.class);
    for (ResourceType type : types()) {
      ScimSdk scimSdk = new ScimSdk(type);
      Pgscim pgscim = new Pgscim(type, Tolerance.STRICT);
      for (long round = 0; round < ROUNDS; round++) {
        Input input = Input.of(Rounds.seed() + round, type);
        ObjectNode before = input.resource();
        for (PatchStep step : input.steps()) {
          Outcome ours = pgscim.patch(before, PatchStep.request(List.of(step)));
          explain(Oracle.UNBOUNDID, UNBOUNDID::patch, step, before, ours, input, hits);
          explain(Oracle.SCIM_SDK, scimSdk::patch, step, before, ours, input, hits);
          before = ours instanceof Patched(ObjectNode after) ? input.again(after) : before;
        }
      }
    }
    hits.forEach((difference, count) -> System.out.println(difference + ": " + count));
    if (Rounds.usual()) {
      assertThat(hits.keySet())
          .as("differences that there are")
          .containsExactly(PatchDifference.values());
    }
  }

  private static void explain(
      Oracle oracle,
      BiFunction<ObjectNode, ObjectNode, Outcome> other,
      PatchStep step,
      ObjectNode before,
      Outcome ours,
      Input input,
      Map<PatchDifference, Integer> hits) {
    ObjectNode request = PatchStep.request(List.of(step));
    Outcome theirs = other.apply(before, request);
    if (ours.agrees(theirs)) {
      return;
    }
    Set<PatchDifference> differences =
        PatchDifference.of(oracle, new PatchQuestion(step, before, ours, theirs));
    assertThat(differences)
        .as(
            "seed %d, %s: %s%non %s%n%s makes it %s%npgscim makes it %s",
            input.seed(),
            input.type().name(),
            request.get("Operations"),
            before,
            oracle.title,
            theirs,
            ours)
        .isNotEmpty();
    differences.forEach(difference -> hits.merge(difference, 1, Integer::sum));
  }

  /** Operations are done in order, each to what the one before left, and all or none (§3.5.2). */
  @ParameterizedTest
  @MethodSource("types")
  void aRequestIsItsOperationsOneAfterTheOther(ResourceType type) {
    Pgscim pgscim = new Pgscim(type, Tolerance.STRICT);
    for (long round = 0; round < ROUNDS; round++) {
      Input input = Input.of(Rounds.seed() + round, type);
      ObjectNode before = input.resource();
      Outcome expected = new Patched(before);
      for (PatchStep step : input.steps()) {
        if (expected instanceof Patched(ObjectNode so)) {
          expected = pgscim.patch(input.again(so), PatchStep.request(List.of(step)));
        }
      }

      Outcome together = pgscim.patch(before, PatchStep.request(input.steps()));

      boolean refusedOnTheWay = !(expected instanceof Patched);
      boolean onlyOnTheWay = refusedOnTheWay && together instanceof Patched;
      assertThat(expected.agrees(together) || onlyOnTheWay)
          .as(
              "seed %d, %s: %s%non %s",
              input.seed(), type.name(), PatchStep.request(input.steps()), before)
          .isTrue();
    }
  }

  /** What the RFC allows means the same to a lenient source. */
  @ParameterizedTest
  @MethodSource("types")
  void leniencyChangesNothingThatIsStrictlyRight(ResourceType type) {
    Pgscim strict = new Pgscim(type, Tolerance.STRICT);
    Pgscim lenient = new Pgscim(type, Tolerance.LENIENT);
    for (long round = 0; round < ROUNDS; round++) {
      Input input = Input.of(Rounds.seed() + round, type);
      ObjectNode request = PatchStep.request(input.steps());
      Outcome strictly = strict.patch(input.resource(), request);
      if (strictly instanceof Patched) {
        assertThat(strictly.agrees(lenient.patch(input.resource(), request)))
            .as("seed %d, %s: %s%non %s", input.seed(), type.name(), request, input.resource())
            .isTrue();
      }
    }
  }

  /** What one seed makes. */
  private record Input(long seed, ResourceType type, ObjectNode resource, List<PatchStep> steps) {
    static Input of(long seed, ResourceType type) {
      Draw draw = new Draw(seed);
      ObjectNode resource = normal(RandomResource.of(draw, type, RandomPatch.wanted(type)), type);
      return new Input(seed, type, resource, new RandomPatch(draw, type).steps());
    }

    /** As the server keeps it. */
    private static ObjectNode normal(ObjectNode resource, ResourceType type) {
      ObjectNode document = new Intake(type, Tolerance.LENIENT).document(resource);
      document.set("id", resource.get("id"));
      if (type.membership() != null && resource.has(type.membership())) {
        document.set(type.membership(), resource.get(type.membership()));
      }
      return document;
    }

    /** With what the server owns. */
    ObjectNode again(ObjectNode after) {
      ObjectNode all = after.deepCopy();
      all.set("id", resource.get("id"));
      all.set("schemas", resource.get("schemas"));
      return all;
    }
  }
}
