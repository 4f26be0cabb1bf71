package io.pgscim.scim.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.pgscim.scim.Resources;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7643 §6, §7: resource types that files define, all of it or nothing. */
class DefinitionsTest {
  private static final String THING =
      schema("'id': 'urn:x:Thing', 'attributes': [{'name': 'colour'}]");
  private static final String MORE = schema("'id': 'urn:x:More', 'attributes': [{'name': 'size'}]");
  private static final String THINGS =
      type("'name': 'Thing', 'endpoint': '/Things', 'schema': 'urn:x:Thing'");

  @Test
  void whatFilesDefineIsServedBesideWhatIsBuiltIn() {
    Definitions all =
        Definitions.of(
            Map.of(
                "a-type.json",
                Resources.json(
                    type(
                        "'name': 'Thing', 'endpoint': '/Things', 'schema': 'urn:x:Thing',"
                            + " 'schemaExtensions': [{'schema': 'urn:x:More', 'required': true}]")),
                "b-schemas.json",
                array(THING, MORE)));

    assertThat(all.types())
        .extracting(ResourceType::name)
        .containsExactly("User", "Group", "Thing");
    assertThat(all.schemas()).containsKeys("urn:x:Thing", "urn:x:More", BuiltIn.USER.schema().id());
    assertThat(all.types().getLast().extension("urn:x:More").required()).isTrue();
  }

  @Test
  void aTypeThatIsThereIsExtended() {
    Definitions all =
        Definitions.of(
            Map.of(
                "user.json",
                array(
                    MORE,
                    type(
                        "'name': 'User', 'endpoint': '/Users',"
                            + " 'schema': 'urn:ietf:params:scim:schemas:core:2.0:User',"
                            + " 'schemaExtensions': [{'schema': 'urn:x:More'}]"))));

    ResourceType user = all.types().getFirst();
    assertThat(user.is(BuiltIn.USER)).isTrue();
    assertThat(user.extensions()).hasSize(BuiltIn.USER.extensions().size() + 1);
    assertThat(user.extension("urn:x:More").required()).isFalse();
  }

  @Test
  void withoutFilesThereIsWhatIsBuiltIn() {
    assertThat(Definitions.BUILT_IN.types()).containsExactly(BuiltIn.USER, BuiltIn.GROUP);
    assertThat(Definitions.BUILT_IN.schemas()).isEqualTo(BuiltIn.schemas());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'name': '1st'}                                                 | "1st" is not an attribute name
          {'name': 'a', 'requird': true}                                  | attribute a: "requird" is unknown; there are canonicalValues, caseExact
          {'name': 'a', 'required': 'yes'}                                | attribute a: required is true or false
          {'name': 'a', 'type': 'text'}                                   | attribute a: type cannot be "text"; it is one of string, boolean
          {'name': 'a', 'mutability': 'often'}                            | attribute a: mutability cannot be "often"; it is one of readOnly, readWrite
          {'name': 'a', 'canonicalValues': 'x'}                           | attribute a: canonicalValues is an array of strings
          {'name': 'a', 'type': 'complex'}                                | attribute a: complex attributes have subAttributes
          {'name': 'a', 'required': true, 'mutability': 'readOnly'}       | attribute a: what is required can be set and is kept
          {'name': 'a', 'mutability': 'writeOnly'}                        | attribute a: what is writeOnly is never returned; set returned to never
          {'name': 'a', 'uniqueness': 'server', 'mutability': 'readOnly'} | attribute a: a unique value is kept
          {'name': 'a', 'uniqueness': 'server', 'type': 'boolean'}        | attribute a: only a string, reference, integer or decimal is unique
          {'name': 'a', 'canonicalValues': ['x'], 'type': 'reference'}    | attribute a: only a string has canonicalValues
          {'name': 'a', 'referenceTypes': ['User']}                       | attribute a: only a reference has referenceTypes
          {'name': 'a', 'type': 'complex', 'subAttributes': [{'name': 'primary'}]} | attribute a.primary: primary is true for one value of many
          {'name': 'a', 'type': 'complex', 'subAttributes': [{'name': 'b', 'returned': 'x'}]} | attribute a.b: returned cannot be "x"
          {'name': 'a', 'type': 'complex', 'subAttributes': [{'name': 'b', 'type': 'complex', 'subAttributes': [{'name': 'c'}]}]} | attribute a.b: a part of a complex attribute is simple
          {'name': 'colour'}, {'name': 'Colour'}                          | attribute Colour is defined twice
          """)
  void aWrongAttributeIsNamedWithItsFileAndTheCure(String attributes, String message) {
    assertRefused(
        "thing.json: " + message,
        array(schema("'id': 'urn:x:Thing', 'attributes': [" + attributes + "]"), THINGS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'name': 'Thing', 'endpoint': '/Things', 'schema': 'urn:x:Other'    | there is no schema urn:x:Other
          'name': 'Thing', 'endpoint': 'Things', 'schema': 'urn:x:Thing'     | resource type Thing: the endpoint is a slash and a name
          'name': 'Thing', 'endpoint': '/a/b', 'schema': 'urn:x:Thing'       | resource type Thing: the endpoint is a slash and a name
          'name': 'My thing', 'endpoint': '/Things', 'schema': 'urn:x:Thing' | "My thing" is not the name of a resource type
          'name': 'Thing', 'endpoint': '/Schemas', 'schema': 'urn:x:Thing'   | the endpoint /Schemas is one of the protocol's own
          'name': 'Thing', 'endpoint': '/users', 'schema': 'urn:x:Thing'     | resource type Thing: name or endpoint /users is taken by User
          'name': 'user', 'endpoint': '/Things', 'schema': 'urn:x:Thing'     | resource type user: name or endpoint /Things is taken by User
          'name': 'User', 'endpoint': '/Things', 'schema': 'urn:x:Thing'     | there is a resource type User already; to extend it keep its endpoint /Users
          'name': 'Thing', 'endpoint': '/Things', 'schema': 'urn:ietf:params:scim:schemas:core:2.0:User' | resource type Thing: the schema urn:ietf:params:scim:schemas:core:2.0:User is that of User
          'name': 'Thing', 'endpoint': '/Things', 'schema': 'urn:x:Thing', 'schemaExtensions': [{'schema': 'urn:x:Thing'}] | resource type Thing: urn:x:Thing cannot extend it
          'name': 'Thing', 'endpoint': '/Things', 'schema': 'urn:x:Thing', 'schemaExtensions': [{'schema': 'urn:x:Thing', 'needed': true}] | a schema extension: "needed" is unknown
          'name': 'Thing', 'schema': 'urn:x:Thing'                           | "endpoint" is missing
          """)
  void aWrongResourceTypeIsRefused(String fields, String message) {
    assertRefused("thing.json: " + message, array(THING, type(fields)));
  }

  @Test
  void schemasAreTheirOwnAndUsed() {
    assertRefused(
        "thing.json: no resource type has the schema urn:x:More", array(THING, MORE, THINGS));
    assertRefused(
        "thing.json: the schema urn:x:Thing is there already", array(THING, THING, THINGS));
    assertRefused(
        "thing.json: the schema URN:ietf:params:scim:schemas:core:2.0:Group is there already",
        array(
            schema(
                "'id': 'URN:ietf:params:scim:schemas:core:2.0:Group', 'attributes': [{'name': 'a'}]")));
    assertRefused(
        "thing.json: the id \"http://x/Thing\" is not a URN",
        array(schema("'id': 'http://x/Thing', 'attributes': [{'name': 'a'}]")));
    assertRefused("thing.json: the schema has no attributes", array(schema("'id': 'urn:x:Thing'")));
    assertRefused(
        "thing.json: resource type Thing: id is a common attribute",
        array(schema("'id': 'urn:x:Thing', 'attributes': [{'name': 'id'}]"), THINGS));
  }

  @Test
  void whatIsNeitherSchemaNorTypeIsRefused() {
    assertRefused("thing.json: \"schemas\" says what this is", Resources.json("{'name': 'Thing'}"));
  }

  private static void assertRefused(String message, JsonNode file) {
    assertThatThrownBy(() -> Definitions.of(Map.of("thing.json", file)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  private static JsonNode array(String... objects) {
    var array = JsonNodeFactory.instance.arrayNode();
    for (String object : objects) {
      array.add(Resources.json(object));
    }
    return array;
  }

  private static String schema(String fields) {
    return "{'schemas': ['" + Schema.URI + "'], " + fields + "}";
  }

  private static String type(String fields) {
    return "{'schemas': ['" + ResourceType.URI + "'], " + fields + "}";
  }
}
