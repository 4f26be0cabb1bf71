package io.pgscim.scim.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.json.StrictJson;
import io.pgscim.scim.oracle.Draw;
import io.pgscim.scim.oracle.RandomPatch;
import io.pgscim.scim.oracle.RandomResource;
import io.pgscim.scim.oracle.Rounds;
import io.pgscim.scim.patch.MemberDelta;
import io.pgscim.scim.patch.Patch;
import io.pgscim.scim.resource.Intake;
import io.pgscim.scim.resource.SameState;
import io.pgscim.scim.resource.Tolerance;
import io.pgscim.scim.schema.BuiltIn;
import io.pgscim.scim.schema.ResourceType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** PATCH requests of the grammar, and what is left of them when they are mutilated. */
class PatchFuzzTest {
  private static final Bounded BOUNDED = new Bounded(Duration.ofMillis(100), 32 << 20);

  @Test
  void whateverIsSentIsAPatchOrARefusal() {
    Draw draw = new Draw(Rounds.seed());
    Map<ResourceType, RandomPatch> patches =
        Map.of(
            BuiltIn.USER, new RandomPatch(draw, BuiltIn.USER),
            BuiltIn.GROUP, new RandomPatch(draw, BuiltIn.GROUP));
    long rounds = Rounds.fuzz();
    long understood = 0;
    String other = "{}";
    ObjectNode resource = null;
    for (long round = 0; round < rounds; round++) {
      ResourceType type = round % 64 < 48 ? BuiltIn.USER : BuiltIn.GROUP;
      if (round % 16 == 0) {
        resource = RandomResource.of(draw, type, RandomPatch.wanted(type));
      }
      ObjectNode request = patches.get(type).request();
      String sent = request.toString();
      byte[] body = body(mutilated(request, other, draw), draw);
      other = sent;
      ObjectNode before = document(type, resource);
      Tolerance tolerance = draw.of(Tolerance.values());
      if (BOUNDED.run(
          () -> new String(body, StandardCharsets.UTF_8),
          () -> apply(type, body, before, tolerance))) {
        understood++;
      }
    }
    System.out.println(rounds + " patches, " + understood + " of them understood");
    assertThat(understood).as("some of it made sense").isGreaterThan(rounds / 10);
  }

  private static ObjectNode document(ResourceType type, ObjectNode resource) {
    return new Intake(type, Tolerance.LENIENT).document(resource);
  }

  /** In the path, in the value, or anywhere. */
  private static String mutilated(ObjectNode request, String other, Draw draw) {
    ObjectNode operation = (ObjectNode) request.at("/Operations/0");
    return switch (draw.below(4)) {
      case 0 -> request.toString();
      case 1 -> {
        String path = operation.path("path").asText("emails");
        operation.put("path", Mutation.several(path, other, draw));
        yield request.toString();
      }
      case 2 -> {
        operation.set("value", value(operation.path("value"), other, draw));
        yield request.toString();
      }
      default -> Mutation.several(request.toString(), other, draw);
    };
  }

  private static JsonNode value(JsonNode value, String other, Draw draw) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (draw.below(8)) {
      case 0 -> json.nullNode();
      case 1 -> json.textNode(Mutation.several(value.asText("x"), other, draw));
      case 2 -> json.arrayNode().add(value).add(value).addNull();
      case 3 ->
          json.objectNode().set(draw.of("value", "$ref", "Value", "", "name.familyName"), value);
      case 4 -> json.numberNode(draw.of(0L, -1L, Long.MAX_VALUE));
      case 5 -> json.booleanNode(draw.chance(0.5));
      case 6 -> json.objectNode();
      default -> many(value, draw);
    };
  }

  private static JsonNode many(JsonNode value, Draw draw) {
    ArrayNode elements = JsonNodeFactory.instance.arrayNode();
    for (int i = draw.of(2, 10, 200); i > 0; i--) {
      elements.addObject().put("value", "m" + i).set("display", value);
    }
    return elements;
  }

  private static byte[] body(String text, Draw draw) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (draw.chance(0.1) && bytes.length > 0) {
      bytes[draw.below(bytes.length)] = draw.bits();
    }
    return bytes;
  }

  /** What comes of it is a document like any other. */
  private static void apply(
      ResourceType type, byte[] body, ObjectNode before, Tolerance tolerance) {
    Patch patch = Patch.read(type, StrictJson.object(body), tolerance);
    ObjectNode after = patch.apply(before);
    MemberDelta.of(patch.memberChanges(), Map.of());
    if (!SameState.of(document(type, after), after)) {
      throw new AssertionError("not in the form of a document: " + after);
    }
  }
}
