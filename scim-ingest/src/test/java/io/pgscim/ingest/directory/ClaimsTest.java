package io.pgscim.ingest.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.directory.Claims.Claim;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.schema.BuiltIn;
import io.pgscim.scim.schema.Definitions;
import io.pgscim.scim.schema.ResourceType;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RFC 7643 §7: which values of a resource no other may have. */
class ClaimsTest {
  private static final String PGSCIM = "urn:pgscim:params:scim:schemas:extension:2.0:User";

  private static final ResourceType THING =
      type(
          """
          {'name': 'name', 'uniqueness': 'server'},
          {'name': 'number', 'type': 'decimal', 'uniqueness': 'global'},
          {'name': 'tags', 'multiValued': true, 'uniqueness': 'server'},
          {'name': 'keys', 'type': 'complex', 'multiValued': true, 'subAttributes': [
            {'name': 'value', 'caseExact': true, 'uniqueness': 'server'}, {'name': 'type'}]}
          """);

  @Test
  void aUserWithoutThemClaimsNothing() {
    assertThat(Claims.of(BuiltIn.USER, json("{'userName': 'Ada', 'emails': [{'value': 'a@b'}]}")))
        .isSameAs(Claims.NONE);
  }

  @Test
  void namesElsewhereAreClaimedInComparableForm() {
    Claims claims =
        Claims.of(
            BuiltIn.USER,
            json(
                "{'userName': 'Ada', '"
                    + PGSCIM
                    + "': {'githubLogin': 'Ada-L', 'slackId': 'U01ABC', 'accessUntil': '2030-01-01T00:00:00Z'}}"));

    assertThat(claims.all())
        .containsExactly(
            new Claim(PGSCIM + ":githubLogin", "ada-l"), new Claim(PGSCIM + ":slackId", "U01ABC"));
  }

  @Test
  void partsNumbersAndSeveralValuesAreClaimedToo() {
    Claims claims =
        Claims.of(
            THING,
            json(
                "{'name': 'n', 'number': 1.50, 'tags': ['A', 'a', 'b'],"
                    + " 'keys': [{'value': 'K', 'type': 'x'}, {'type': 'y'}]}"));

    assertThat(claims.all())
        .containsExactly(
            new Claim("number", "1.5"),
            new Claim("tags", "a"),
            new Claim("tags", "b"),
            new Claim("keys.value", "K"));
  }

  @Test
  void whatNoIndexCanHoldIsRefused() {
    ObjectNode endless = json("{'tags': ['" + "x".repeat(1_025) + "']}");

    assertThatThrownBy(() -> Claims.of(THING, endless))
        .isInstanceOf(ScimException.class)
        .hasMessage("tags has more than 1024 bytes");
  }

  private static ResourceType type(String attributes) {
    String json =
        "[{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:Schema'], 'id': 'urn:x:Thing', 'attributes': ["
            + attributes
            + "]}, {'schemas': ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'], 'name': 'Thing',"
            + " 'endpoint': '/Things', 'schema': 'urn:x:Thing'}]";
    try {
      return Definitions.of(Map.of("thing.json", new ObjectMapper().readTree(quoted(json))))
          .types()
          .getLast();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode json(String singleQuoted) {
    try {
      return (ObjectNode) new ObjectMapper().readTree(quoted(singleQuoted));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String quoted(String singleQuoted) {
    return singleQuoted.replace('\'', '"');
  }
}
