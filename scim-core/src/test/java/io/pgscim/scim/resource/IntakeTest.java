package io.pgscim.scim.resource;

import static io.pgscim.scim.Resources.ENTERPRISE;
import static io.pgscim.scim.Resources.json;
import static io.pgscim.scim.ScimErrors.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.schema.BuiltIn;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.SchemaJson;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7643 §2, §3 and RFC 7644 §3.3: what a body says becomes a document. */
class IntakeTest {
  private static final String USER = "'schemas': ['urn:ietf:params:scim:schemas:core:2.0:User']";

  @Test
  void namesAreSpelledAsTheSchemaSpellsThem() {
    ObjectNode document =
        lenient(
            "{'USERNAME': 'Ada', 'Name': {'GIVENNAME': 'Ada'}, 'Emails': [{'Value': 'a@b', 'TYPE': 'Work'}]}");

    assertThat(document)
        .isEqualTo(
            json(
                "{"
                    + USER
                    + ", 'userName': 'Ada', 'name': {'givenName': 'Ada'}, 'emails': [{'value': 'a@b', 'type': 'Work'}]}"));
  }

  @Test
  void nullEmptyAndAbsentAreTheSame() {
    assertThat(
            lenient(
                "{'userName': 'a', 'title': null, 'emails': [], 'roles': [null], 'name': {},"
                    + " 'phoneNumbers': [{'value': null}], '"
                    + ENTERPRISE
                    + "': {'department': null}}"))
        .isEqualTo(json("{" + USER + ", 'userName': 'a'}"));
  }

  @Test
  @DisplayName("RFC 7644 §3.3: readOnly attributes in a request body are ignored")
  void whatTheServerOwnsIsIgnored() {
    assertThat(
            lenient(
                "{'userName': 'a', 'id': 'mine', 'meta': {'version': 'x'}, 'groups': [{'value': 'g'}], '"
                    + ENTERPRISE
                    + "': {'manager': {'displayName': 'Boss'}}}"))
        .isEqualTo(json("{" + USER + ", 'userName': 'a'}"));
  }

  @Test
  void aPasswordIsAcceptedAndNotKept() {
    assertThat(lenient("{'userName': 'a', 'password': 'secret'}"))
        .isEqualTo(json("{" + USER + ", 'userName': 'a'}"));
    assertRefused(ScimType.INVALID_VALUE, () -> lenient("{'userName': 'a', 'password': {'x': 1}}"));
  }

  @Test
  void schemasAreThoseInUse() {
    assertThat(
            lenient(
                    "{'schemas': ['urn:x:unknown'], 'userName': 'a', '"
                        + ENTERPRISE.toUpperCase(Locale.ROOT)
                        + "': {'department': 'R'}}")
                .get("schemas"))
        .hasToString("[\"urn:ietf:params:scim:schemas:core:2.0:User\",\"" + ENTERPRISE + "\"]");
  }

  @Test
  void unknownAttributesAreDroppedUnlessStrict() {
    String body = "{" + USER + ", 'userName': 'a', 'shoeSize': 42}";

    assertThat(lenient(body).has("shoeSize")).isFalse();
    assertRefused(ScimType.INVALID_SYNTAX, () -> strict(body)).hasMessageContaining("shoeSize");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'active': 'False' | {'active': false}",
        "'active': 'TRUE' | {'active': true}",
        "'active': ['true'] | {'active': true}",
        "'title': 7 | {'title': '7'}",
        "'title': {'value': 'x', '$ref': null} | {'title': 'x'}",
        "'emails': {'value': 'a@b'} | {'emails': [{'value': 'a@b'}]}",
        "'emails': ['a@b'] | {'emails': [{'value': 'a@b'}]}",
        "'emails': [{'value': 'a@b'}, {'value': 'a@b'}] | {'emails': [{'value': 'a@b'}]}",
        "'roles': 'admin' | {'roles': [{'value': 'admin'}]}",
        "'name': [{'givenName': 'Ada'}] | {'name': {'givenName': 'Ada'}}",
      })
  void understandsWhatIdentityProvidersMean(String sent, String kept) {
    ObjectNode document = lenient("{'userName': 'a', " + sent + "}");

    document.remove("schemas");
    document.remove("userName");
    assertThat(document).isEqualTo(json(kept));
    assertRefused(ScimType.INVALID_VALUE, () -> strictlyUnlessDuplicate(sent));
  }

  private static void strictlyUnlessDuplicate(String sent) {
    if (sent.contains("}, {")) {
      throw ScimException.badRequest(ScimType.INVALID_VALUE, "removing duplicates is no leniency");
    }
    strict("{" + USER + ", 'userName': 'a', " + sent + "}");
  }

  @Test
  void aManagerMayBeABareId() {
    assertThat(
            lenient("{'userName': 'a', '" + ENTERPRISE + "': {'manager': 'm1'}}").get(ENTERPRISE))
        .isEqualTo(json("{'manager': {'value': 'm1'}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'userName': 'a', 'active': 'maybe'} | active",
        "{'userName': 'a', 'active': 1} | active",
        "{'userName': {'x': 1}} | userName",
        "{'userName': ['a', 'b']} | userName",
        "{'userName': 'a', 'name': 'Ada'} | name",
        "{'userName': 'a', 'name': {'givenName': {'x': 1}}} | name.givenName",
        "{'userName': 'a', 'emails': [[]]} | ",
        "{'userName': 'a', 'emails': [{'value': [1, 2]}]} | emails.value",
        "{'userName': 'a', 'emails': [{'value': 'x', 'primary': 'so'}]} | emails.primary",
        "{'userName': 'a', 'emails': [{'value': 'x', 'primary': true}, {'value': 'y', 'primary': true}]} | emails.primary",
        "{'userName': 'a', 'x509Certificates': [{'value': '###'}]} | x509Certificates.value",
        "{'userName': 'a', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': 'x'} | urn:ietf",
        "{'userName': 'a\\u0000b'} | userName contains U+0000",
        "{'userName': 'a\\ud800b'} | userName contains half of a surrogate pair",
        "{'userName': 'a\\udc00'} | userName contains half of a surrogate pair",
        "{} | userName is required",
        "{'userName': null} | userName is required",
        "{'userName': ' '} | userName is required and cannot be blank",
      })
  @DisplayName("RFC 7644 §3.12: invalidValue names the attribute")
  void wrongValuesAreRefusedByName(String body, String detail) {
    if (detail == null) {
      assertThat(lenient(body).has("emails")).isFalse();
      return;
    }
    assertRefused(ScimType.INVALID_VALUE, () -> lenient(body)).hasMessageStartingWith(detail);
  }

  @Test
  void anAttributeGivenTwiceInDifferentCaseIsRefused() {
    assertRefused(ScimType.INVALID_SYNTAX, () -> lenient("{'userName': 'a', 'username': 'b'}"));
    assertRefused(
        ScimType.INVALID_SYNTAX,
        () -> lenient("{'userName': 'a', 'name': {'givenName': 'a', 'GivenName': 'b'}}"));
  }

  @Test
  void sizesAreBounded() {
    assertRefused(
        ScimType.INVALID_VALUE, () -> lenient("{'userName': '" + "x".repeat(65_537) + "'}"));
    assertRefused(
        ScimType.INVALID_VALUE,
        () -> lenient("{'userName': 'a', 'roles': [" + "'x',".repeat(1_000) + "'x']}"));
  }

  @Test
  void schemasMustBeUris() {
    assertRefused(ScimType.INVALID_SYNTAX, () -> lenient("{'schemas': 'x', 'userName': 'a'}"));
    assertRefused(ScimType.INVALID_SYNTAX, () -> lenient("{'schemas': [1], 'userName': 'a'}"));
    assertRefused(ScimType.INVALID_SYNTAX, () -> strict("{'userName': 'a'}"));
    assertRefused(ScimType.INVALID_SYNTAX, () -> strict("{'schemas': ['urn:x'], 'userName': 'a'}"));
  }

  @Test
  void membersAreNotPartOfTheDocument() {
    ObjectNode body =
        json("{'displayName': 'g', 'Members': [{'value': '1'}, '2', {'VALUE': '1'}]}");

    assertThat(new Intake(BuiltIn.GROUP, Tolerance.LENIENT).document(body).has("members"))
        .isFalse();
    assertThat(MemberIds.in(BuiltIn.GROUP, body)).containsExactly("1", "2");
    assertThat(MemberIds.in(BuiltIn.GROUP, json("{'displayName': 'g'}"))).isNull();
    assertThat(MemberIds.in(BuiltIn.GROUP, json("{'members': null}"))).isEmpty();
    assertThat(MemberIds.in(BuiltIn.USER, body)).isNull();
    assertRefused(
        ScimType.INVALID_VALUE,
        () -> MemberIds.in(BuiltIn.GROUP, json("{'members': [{'display': 'x'}]}")));
  }

  @Test
  @DisplayName("RFC 7643 §6: a required extension and its required attributes must be there")
  void aRequiredExtensionAndItsRequiredAttributesMustBeThere() {
    var base = SchemaJson.schema(json("{'id': 'urn:x:Thing', 'attributes': [{'name': 'colour'}]}"));
    var more =
        SchemaJson.schema(
            json(
                "{'id': 'urn:x:More', 'attributes': [{'name': 'size', 'type': 'integer', 'required': true}]}"));
    ResourceType type =
        SchemaJson.resourceType(
            json(
                "{'name': 'Thing', 'endpoint': '/Things', 'schema': 'urn:x:Thing',"
                    + " 'schemaExtensions': [{'schema': 'urn:x:More', 'required': true}]}"),
            Map.of("urn:x:Thing", base, "urn:x:More", more));
    Intake intake = new Intake(type, Tolerance.LENIENT);

    assertThat(intake.document(json("{'urn:x:More': {'size': 3}}")).at("/urn:x:More/size").asInt())
        .isEqualTo(3);
    assertRefused(ScimType.INVALID_VALUE, () -> intake.document(json("{'colour': 'red'}")))
        .hasMessage("urn:x:More:size is required");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "integer | 5 | true",
        "integer | 5.0 | false",
        "integer | 99999999999999999999 | false",
        "integer | '12' | true",
        "decimal | 5.50 | true",
        "decimal | 1e99 | false",
        "decimal | 'x' | false",
        "dateTime | '2026-01-31T12:00:00Z' | true",
        "dateTime | '2026-01-31T12:00:00.5+01:00' | true",
        "dateTime | '2026-01-31T12:00:00' | true",
        "dateTime | '2026-01-31' | false",
        "binary | 'YWI' | true",
        "binary | '_-8=' | true",
      },
      quoteCharacter = '`')
  @DisplayName("RFC 7643 §2.3: each data type has its form")
  void valuesAreCheckedByType(String type, String value, boolean valid) {
    var schema =
        SchemaJson.schema(
            json("{'id': 'urn:x:T', 'attributes': [{'name': 'a', 'type': '" + type + "'}]}"));
    var attribute = schema.attributes().named("a");
    var sent = json("{'a': " + value + "}").get("a");

    if (valid) {
      assertThat(new Values(Tolerance.LENIENT).whole(attribute, sent, "a")).isNotNull();
    } else {
      assertRefused(
          ScimType.INVALID_VALUE, () -> new Values(Tolerance.LENIENT).whole(attribute, sent, "a"));
    }
  }

  private static ObjectNode lenient(String body) {
    return new Intake(BuiltIn.USER, Tolerance.LENIENT).document(json(body));
  }

  private static ObjectNode strict(String body) {
    return new Intake(BuiltIn.USER, Tolerance.STRICT).document(json(body));
  }
}
