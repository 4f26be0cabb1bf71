package io.pgscim.scim.resource;

import static io.pgscim.scim.Resources.json;
import static io.pgscim.scim.ScimErrors.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.scim.ScimType;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.SchemaJson;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 7643 §2.3.8, §2.4: what makes no difference; §7: what may not make one. */
class SameStateTest {

  @Test
  void orderMakesNoDifference() {
    assertThat(
            SameState.of(
                json("{'a': 1, 'e': [{'v': 'x', 't': 'w'}, {'v': 'y'}]}"),
                json("{'e': [{'v': 'y'}, {'t': 'w', 'v': 'x'}], 'a': 1}")))
        .isTrue();
  }

  @Test
  void numbersCompareByValue() {
    assertThat(SameState.of(json("{'a': 1.50}"), json("{'a': 1.5}"))).isTrue();
    assertThat(SameState.of(json("{'a': [1, 2.0]}"), json("{'a': [2, 1.0]}"))).isTrue();
    assertThat(
            SameState.of(
                json("{'a': [{'n': 1, 'm': [1, 2]}]}"), json("{'a': [{'m': [2, 1], 'n': 1.0}]}")))
        .isTrue();
  }

  @Test
  void contentMakesADifference() {
    assertThat(SameState.of(json("{'a': 'x'}"), json("{'a': 'X'}"))).isFalse();
    assertThat(SameState.of(json("{'a': [1, 1, 2]}"), json("{'a': [1, 2, 2]}"))).isFalse();
    assertThat(SameState.of(json("{'a': 1}"), json("{'a': 1, 'b': 2}"))).isFalse();
    assertThat(SameState.of(json("{'a': 1}"), json("{'b': 1}"))).isFalse();
    assertThat(SameState.of(json("{'a': 1}"), json("{'a': '1'}"))).isFalse();
  }

  @Test
  void immutableAttributesKeepTheirFirstValue() {
    var schema =
        SchemaJson.schema(
            json(
                "{'id': 'urn:x:T', 'attributes': [{'name': 'serial', 'mutability': 'immutable'},"
                    + " {'name': 'box', 'type': 'complex', 'subAttributes': [{'name': 'seal', 'mutability': 'immutable'}, {'name': 'lid'}]}]}"));
    var type = new ResourceType("T", "/Ts", "", schema, List.of());
    var before = json("{'serial': '1', 'box': {'seal': 's'}}");

    var omitted = json("{'box': {'lid': 'l'}}");
    Immutables.keep(type, before, omitted);
    assertThat(omitted).isEqualTo(json("{'serial': '1', 'box': {'seal': 's', 'lid': 'l'}}"));

    var first = json("{'serial': '9'}");
    Immutables.keep(type, json("{}"), first);
    assertThat(first).isEqualTo(json("{'serial': '9'}"));

    assertRefused(ScimType.MUTABILITY, () -> Immutables.keep(type, before, json("{'serial': '2'}")))
        .hasMessageContaining("serial");
    assertRefused(
            ScimType.MUTABILITY,
            () -> Immutables.keep(type, before, json("{'box': {'seal': 't'}}")))
        .hasMessageContaining("box.seal");
  }
}
