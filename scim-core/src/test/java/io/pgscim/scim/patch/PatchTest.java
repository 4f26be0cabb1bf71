package io.pgscim.scim.patch;

import static io.pgscim.scim.Resources.ENTERPRISE;
import static io.pgscim.scim.Resources.json;
import static io.pgscim.scim.ScimErrors.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.Resources;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.resource.Intake;
import io.pgscim.scim.resource.SameState;
import io.pgscim.scim.resource.Tolerance;
import io.pgscim.scim.schema.BuiltIn;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §3.5.2, on the user of RFC 7643 §8.3. */
class PatchTest {
  private static final String PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // §3.5.2.1 add
        "{'op': 'add', 'value': {'emails': [{'value': 'b@c', 'type': 'other'}], 'nickname': 'Babs'}} | /emails/2/value | b@c",
        "{'op': 'add', 'value': {'emails': [{'value': 'b@c', 'type': 'other'}], 'nickname': 'Babs'}} | /nickName | Babs",
        "{'op': 'add', 'path': 'title', 'value': 'Guide'} | /title | Guide",
        "{'op': 'add', 'path': 'name', 'value': {'middleName': 'Jane'}} | /name | {'formatted': 'Ms. Barbara J Jensen, III', 'familyName': 'Jensen', 'givenName': 'Barbara', 'middleName': 'Jane'}",
        "{'op': 'add', 'path': 'roles', 'value': [{'value': 'admin'}]} | /roles | [{'value': 'admin'}]",
        "{'op': 'add', 'path': 'emails[type eq \\'work\\'].display', 'value': 'Work'} | /emails/0/display | Work",
        "{'op': 'add', 'path': 'emails[type eq \\'work\\']', 'value': {'display': 'Work'}} | /emails/0 | {'value': 'bjensen@example.com', 'type': 'work', 'primary': true, 'display': 'Work'}",
        "{'op': 'add', 'path': 'emails[type eq \\'other\\'].Value', 'value': 'o@c'} | /emails/2 | {'type': 'other', 'value': 'o@c'}",
        "{'op': 'add', 'path': 'emails[type eq \\'other\\']', 'value': {'value': 'o@c'}} | /emails/2 | {'type': 'other', 'value': 'o@c'}",
        // §3.5.2.2 remove
        "{'op': 'remove', 'path': 'title'} | /title | gone",
        "{'op': 'remove', 'path': 'name.givenName'} | /name | {'formatted': 'Ms. Barbara J Jensen, III', 'familyName': 'Jensen'}",
        "{'op': 'remove', 'path': 'emails'} | /emails | gone",
        "{'op': 'remove', 'path': 'emails[type eq \\'work\\' and value ew \\'example.com\\']'} | /emails | [{'value': 'babs@jensen.org', 'type': 'home'}]",
        "{'op': 'remove', 'path': 'emails[type eq \\'work\\'].primary'} | /emails/0 | {'value': 'bjensen@example.com', 'type': 'work'}",
        "{'op': 'remove', 'path': 'ims[type eq \\'aim\\']'} | /ims | gone",
        "{'op': 'remove', 'path': 'emails[type eq \\'other\\']'} | /emails/1/type | home",
        "{'op': 'remove', 'path': 'emails', 'value': [{'value': 'babs@jensen.org'}]} | /emails | [{'value': 'bjensen@example.com', 'type': 'work', 'primary': true}]",
        "{'op': 'remove', 'path': 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'} | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User | gone",
        // §3.5.2.3 replace
        "{'op': 'replace', 'path': 'userName', 'value': 'babs'} | /userName | babs",
        "{'op': 'replace', 'path': 'addresses[type eq \\'work\\']', 'value': {'type': 'work', 'streetAddress': '911 Universal City Plaza'}} | /addresses/0 | {'type': 'work', 'streetAddress': '911 Universal City Plaza'}",
        "{'op': 'replace', 'path': 'addresses[type eq \\'work\\'].streetAddress', 'value': '1010 Broadway Ave'} | /addresses/0/streetAddress | 1010 Broadway Ave",
        "{'op': 'replace', 'path': 'addresses.locality', 'value': 'Burbank'} | /addresses/1/locality | Burbank",
        "{'op': 'replace', 'path': 'name', 'value': {'familyName': 'J', 'givenName': null}} | /name | {'formatted': 'Ms. Barbara J Jensen, III', 'familyName': 'J'}",
        "{'op': 'replace', 'path': 'nickName', 'value': 'Babs'} | /nickName | Babs",
        "{'op': 'replace', 'path': 'title', 'value': null} | /title | gone",
        "{'op': 'replace', 'path': 'emails', 'value': []} | /emails | gone",
        "{'op': 'replace', 'value': {'emails': [{'value': 'n@e', 'type': 'work', 'primary': true}], 'title': 'T'}} | /emails | [{'value': 'n@e', 'type': 'work', 'primary': true}]",
        // §3.10 every spelling of a path
        "{'op': 'replace', 'path': 'urn:ietf:params:scim:schemas:core:2.0:User:name.familyName', 'value': 'J'} | /name/familyName | J",
        "{'op': 'Replace', 'Path': 'NAME.FAMILYNAME', 'Value': 'J'} | /name/familyName | J",
        "{'op': 'replace', 'path': 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department', 'value': 'R'} | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/department | R",
        "{'op': 'replace', 'path': 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', 'value': {'department': 'R'}} | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/department | R",
        "{'op': 'replace', 'value': {'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {'department': 'R'}}} | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/employeeNumber | 701984",
        // what identity providers send
        "{'op': 'Replace', 'path': 'active', 'value': 'False'} | /active | false",
        "{'op': 'Replace', 'path': 'active', 'value': [{'$ref': null, 'value': 'False'}]} | /active | false",
        "{'op': 'replace', 'value': {'active': false}} | /active | false",
        "{'op': 'Replace', 'path': 'phoneNumbers[type eq \\'mobile\\'].value', 'value': '+44'} | /phoneNumbers | [{'type': 'mobile', 'value': '+44'}]",
        "{'op': 'replace', 'path': 'emails[type eq \\'work\\']', 'value': 'new@e'} | /emails/0 | {'value': 'new@e', 'type': 'work', 'primary': true}",
        "{'op': 'replace', 'value': {'name.familyName': 'J', 'displayName': 'B'}} | /name/familyName | J",
        "{'op': 'replace', 'value': {'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber': '7'}} | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/employeeNumber | 7",
        "{'op': 'Add', 'path': 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager', 'value': 'm1'} | /urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/manager | {'value': 'm1'}",
        "{'op': 'replace', 'value': {'id': 'x', 'meta': {}, 'schemas': [], 'shoeSize': 42, 'title': 'T'}} | /title | T",
        "{'op': 'replace', 'value': {'emails[type eq \\'work\\'].value': 'k@e'}} | /emails/0/value | k@e",
      })
  @DisplayName("RFC 7644 §3.5.2: add, remove and replace in every form of path")
  void doesWhatTheOperationSays(String operation, String pointer, String expected) {
    JsonNode found = patch(operation.replace("\\'", "\\\"")).at(pointer);

    if (expected.equals("gone")) {
      assertThat(found.isMissingNode()).as("%s is gone", pointer).isTrue();
    } else if (expected.startsWith("{") || expected.startsWith("[")) {
      assertThat(found).isEqualTo(json("{'x': " + expected + "}").get("x"));
    } else {
      assertThat(found.asText()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'op': 'remove'} | NO_TARGET",
        "{'op': 'remove', 'path': ''} | NO_TARGET",
        "{'op': 'replace', 'path': 'emails[type eq \\'other\\']', 'value': {'value': 'x'}} | NO_TARGET",
        "{'op': 'replace', 'path': 'emails[type sw \\'oth\\'].value', 'value': 'x'} | NO_TARGET",
        "{'op': 'replace', 'path': 'shoeSize', 'value': 42} | INVALID_PATH",
        "{'op': 'replace', 'path': 'name.shoeSize', 'value': 42} | INVALID_PATH",
        "{'op': 'replace', 'path': 'urn:x:y:z', 'value': 42} | INVALID_PATH",
        "{'op': 'replace', 'path': 'emails[type eq \\'work\\'', 'value': 42} | INVALID_FILTER",
        "{'op': 'replace', 'path': 'emails[type eq \\'work\\']x', 'value': 42} | INVALID_PATH",
        "{'op': 'replace', 'path': 'emails.value[type eq \\'work\\'].value', 'value': 42} | INVALID_PATH",
        "{'op': 'replace', 'path': 'emails[bogus eq \\'work\\'].value', 'value': '42'} | INVALID_FILTER",
        "{'op': 'replace', 'path': 'title[value eq \\'work\\']', 'value': '42'} | INVALID_PATH",
        "{'op': 'replace', 'path': '..', 'value': '42'} | INVALID_PATH",
        "{'op': 'replace', 'path': 5, 'value': '42'} | INVALID_PATH",
        "{'op': 'replace', 'path': 'id', 'value': '42'} | MUTABILITY",
        "{'op': 'replace', 'path': 'meta.version', 'value': '42'} | MUTABILITY",
        "{'op': 'add', 'path': 'groups', 'value': [{'value': 'g'}]} | MUTABILITY",
        "{'op': 'remove', 'path': 'userName'} | MUTABILITY",
        "{'op': 'replace', 'path': 'userName', 'value': null} | MUTABILITY",
        "{'op': 'replace', 'path': 'userName', 'value': ' '} | INVALID_VALUE",
        "{'op': 'replace', 'path': 'active', 'value': 'perhaps'} | INVALID_VALUE",
        "{'op': 'replace', 'path': 'name', 'value': 'Ada'} | INVALID_VALUE",
        "{'op': 'replace', 'value': 'Ada'} | INVALID_VALUE",
        "{'op': 'replace', 'path': 'title'} | INVALID_VALUE",
        "{'op': 'add', 'path': 'title'} | INVALID_VALUE",
        "{'op': 'add', 'path': 'title', 'value': 'a\\u0000'} | INVALID_VALUE",
        "{'op': 'add', 'path': 'emails', 'value': [{'value': 'x', 'primary': true}, {'value': 'y', 'primary': true}]} | INVALID_VALUE",
        "{'op': 'move', 'path': 'title', 'value': 'x'} | INVALID_SYNTAX",
        "{'path': 'title', 'value': 'x'} | INVALID_SYNTAX",
        "{'op': 5, 'path': 'title', 'value': 'x'} | INVALID_SYNTAX",
        "'add' | INVALID_SYNTAX",
      })
  @DisplayName(
      "RFC 7644 §3.5.2: what cannot be done has its scimType: invalidPath, noTarget, invalidValue")
  void refusesWhatCannotBeDone(String operation, ScimType type) {
    assertRefused(type, () -> patch(operation.replace("\\'", "\\\"")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'Operations': []}",
        "{'Operations': {}}",
        "{'Operations': null}",
      })
  @DisplayName("RFC 7644 §3.5.2: a PATCH request has one operation or more")
  void aRequestHasOperations(String body) {
    assertRefused(
        ScimType.INVALID_SYNTAX, () -> Patch.read(BuiltIn.USER, json(body), Tolerance.LENIENT));
  }

  @Test
  @DisplayName("RFC 7644 §3.5.2: the value that becomes primary ends the others' being so")
  void setByPrimaryTheOthersLoseIt() {
    ObjectNode after =
        patch("{'op': 'replace', 'path': 'emails[type eq \\\"home\\\"].primary', 'value': true}");

    assertThat(after.at("/emails/0/primary").asBoolean(true)).isFalse();
    assertThat(after.at("/emails/1/primary").asBoolean()).isTrue();
  }

  @Test
  void whatIsAlreadySoChangesNothing() {
    ObjectNode before = document();

    for (String operation :
        new String[] {
          "{'op': 'add', 'path': 'emails', 'value': [{'value': 'babs@jensen.org', 'type': 'home'}]}",
          "{'op': 'add', 'path': 'title', 'value': 'Tour Guide'}",
          "{'op': 'replace', 'path': 'name.familyName', 'value': 'Jensen'}",
          "{'op': 'remove', 'path': 'nickName'}",
          "{'op': 'remove', 'path': 'emails[value eq \\\"nobody\\\"]'}",
          "{'op': 'remove', 'path': 'emails', 'value': []}",
          "{'op': 'replace', 'path': 'password', 'value': 'secret'}",
          "{'op': 'add', 'path': 'schemas', 'value': ['urn:x:y']}",
          "{'op': 'add', 'path': 'title', 'value': null}",
        }) {
      assertThat(SameState.of(patch(operation), before)).as(operation).isTrue();
    }
  }

  @Test
  void operationsSeeWhatTheOnesBeforeDid() {
    ObjectNode after =
        patch(
            "{'op': 'add', 'path': 'roles', 'value': [{'value': 'a', 'type': 'x'}]},"
                + "{'op': 'replace', 'path': 'roles[type eq \\\"x\\\"].value', 'value': 'b'},"
                + "{'op': 'remove', 'path': 'userName'},"
                + "{'op': 'add', 'path': 'userName', 'value': 'renamed'}");

    assertThat(after.at("/roles")).isEqualTo(json("{'x': [{'value': 'b', 'type': 'x'}]}").get("x"));
    assertThat(after.at("/userName").asText()).isEqualTo("renamed");
  }

  @Test
  @DisplayName("RFC 7644 §3.5.2: what fails leaves the resource as it was")
  void aFailureLeavesTheDocumentAsItWas() {
    ObjectNode before = document();
    Patch patch =
        Patch.read(
            BuiltIn.USER,
            json(
                "{'Operations': [{'op': 'replace', 'path': 'name.familyName', 'value': 'X'},"
                    + "{'op': 'remove', 'path': 'emails'},{'op': 'remove', 'path': 'userName'}]}"),
            Tolerance.LENIENT);

    assertRefused(ScimType.MUTABILITY, () -> patch.apply(before));
    assertThat(before).isEqualTo(document());
  }

  @Test
  @DisplayName("RFC 7644 §3.5.2: schemas follow the extensions in use")
  void usingAnExtensionAddsItsSchemaAndEmptyingItTakesItAway() {
    ObjectNode gone = patch("{'op': 'remove', 'path': '" + ENTERPRISE + "'}");
    assertThat(gone.get("schemas")).hasSize(1);

    ObjectNode back =
        Patch.read(
                BuiltIn.USER,
                json(
                    "{'Operations': [{'op': 'add', 'path': '"
                        + ENTERPRISE
                        + ":employeeNumber', 'value': '1'}]}"),
                Tolerance.LENIENT)
            .apply(gone);
    assertThat(back.get("schemas")).hasSize(2);
  }

  @Test
  void strictlyTheRfcCounts() {
    assertRefused(
        ScimType.INVALID_SYNTAX,
        () -> strict("{'Operations': [{'op': 'add', 'path': 'title', 'value': 'x'}]}"));
    assertRefused(
        ScimType.NO_TARGET,
        () ->
            strict(
                "{'schemas': ['"
                    + PATCH_OP
                    + "'], 'Operations': [{'op': 'replace', 'path': 'emails[type eq \\\"other\\\"].value', 'value': 'x'}]}"));
    assertRefused(
        ScimType.INVALID_VALUE,
        () ->
            strict(
                "{'schemas': ['"
                    + PATCH_OP
                    + "'], 'Operations': [{'op': 'replace', 'path': 'active', 'value': 'False'}]}"));
    assertRefused(
        ScimType.INVALID_PATH,
        () ->
            strict(
                "{'schemas': ['"
                    + PATCH_OP
                    + "'], 'Operations': [{'op': 'replace', 'value': {'shoeSize': 1}}]}"));
    for (String path : new String[] {"name.familyName", ENTERPRISE + ":department"}) {
      assertRefused(
          ScimType.INVALID_PATH,
          () ->
              strict(
                  "{'schemas': ['"
                      + PATCH_OP
                      + "'], 'Operations': [{'op': 'replace', 'value': {'"
                      + path
                      + "': 'x'}}]}"));
    }
  }

  private static ObjectNode document() {
    return new Intake(BuiltIn.USER, Tolerance.LENIENT).document(Resources.barbara());
  }

  private static ObjectNode patch(String operations) {
    return Patch.read(BuiltIn.USER, json("{'Operations': [" + operations + "]}"), Tolerance.LENIENT)
        .apply(document());
  }

  private static ObjectNode strict(String body) {
    return Patch.read(BuiltIn.USER, json(body), Tolerance.STRICT).apply(document());
  }
}
