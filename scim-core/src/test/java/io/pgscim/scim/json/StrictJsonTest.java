package io.pgscim.scim.json;

import static io.pgscim.scim.ScimErrors.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §3.12, invalidSyntax. */
class StrictJsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | the body is empty",
        "[] | the body is not a JSON object",
        "\"x\" | the body is not a JSON object",
        "{ | the body is not JSON, line 1, column 2",
        "{\"a\":1,} | the body is not JSON",
        "{\"a\":1}{} | the body is not JSON",
        "{\"a\":1,\"a\":2} | a name appears twice in one object",
        "{\"a\":NaN} | the body is not JSON",
      })
  void refusesWhatIsNoJsonObject(String body, String detail) {
    assertRefused(
            ScimType.INVALID_SYNTAX,
            () -> StrictJson.object((body == null ? "" : body).getBytes(StandardCharsets.UTF_8)))
        .hasMessageStartingWith(detail);
  }

  @Test
  void nestingIsBounded() {
    String deep = "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000);

    assertRefused(
            ScimType.INVALID_SYNTAX, () -> StrictJson.object(deep.getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("limit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e9999999999999", "1e-9999999999999"})
  void exponentsAreBounded(String number) {
    String body = "{\"a\":" + number + "}";

    assertRefused(
            ScimType.INVALID_SYNTAX, () -> StrictJson.object(body.getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("limit");
  }

  /** A megabyte of {@code {}} would be thirty as a tree. */
  @Test
  void tokensAreBounded() {
    String many = "{\"a\":[" + "{},".repeat(600_000) + "{}]}";

    assertRefused(
            ScimType.INVALID_SYNTAX, () -> StrictJson.object(many.getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("tokens");
  }

  @Test
  void invalidUtf8IsRefused() {
    byte[] overlong = {'{', '"', 'a', '"', ':', '"', (byte) 0xC0, (byte) 0x80, '"', '}'};
    byte[] surrogate = {
      '{', '"', 'a', '"', ':', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'
    };
    byte[] cut = {'{', '"', 'a', '"', ':', '"', (byte) 0xE2, (byte) 0x82, '"', '}'};

    for (byte[] bytes : new byte[][] {overlong, surrogate, cut}) {
      assertRefused(ScimType.INVALID_SYNTAX, () -> StrictJson.object(bytes))
          .hasMessage("the body is not UTF-8");
    }
  }

  @Test
  void longTextIsRead() {
    String body = "{\"a\":\"" + "é".repeat(100_000) + "\"}";

    assertThat(StrictJson.object(body.getBytes(StandardCharsets.UTF_8)).get("a").asText())
        .hasSize(100_000);
  }

  @Test
  void elementsAreBroughtDownToTheirValues() {
    assertThat(
            abridged(
                    "{'displayName':'a','Members':[{'$ref':'u','value':'1','display':{'value':'no'}},"
                        + "{'VALUE':'2'},'3',{'type':'User'},{'value':4},null],'x':[{'value':'5'}]}")
                .toString()
                .replace('"', '\''))
        .isEqualTo("{'displayName':'a','Members':['1','2','3',{},{},null],'x':[{'value':'5'}]}");
  }

  @Test
  void abridgedBodiesAreAsStrict() {
    for (String refused :
        new String[] {
          "{'members':[{'value':'1','value':'2'}]}",
          "{'members':[],'members':[]}",
          "{'members':[{'a':" + "[".repeat(50) + "]".repeat(50) + "}]}",
          "{'members':[{'value':'1'}",
          "{'members':[]} {}",
          "{'members':[]} x",
          "[]",
          ""
        }) {
      assertRefused(ScimType.INVALID_SYNTAX, () -> abridged(refused));
    }
  }

  private static ObjectNode abridged(String json) {
    return StrictJson.object(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "members");
  }
}
