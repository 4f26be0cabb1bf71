package io.pgscim.scim.filter;

import static io.pgscim.scim.ScimErrors.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.scim.Resources;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.schema.BuiltIn;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §3.4.2.2: what filters mean, for the user of RFC 7643 §8.3. */
class ConditionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // case: userName is not exact, externalId is (RFC 7643 §4.1.1, §3.1)
        "userName eq \"BJENSEN@example.com\" | true",
        "USERNAME eq \"bjensen@example.com\" | true",
        "userName ne \"bjensen@EXAMPLE.com\" | false",
        "externalId eq \"701984\" | true",
        "id eq \"2819C223-7f76-453a-919d-413861904646\" | false",
        // operators
        "userName co \"JENSEN\" | true",
        "userName sw \"bj\" | true",
        "userName ew \"Example.COM\" | true",
        "userName co \"zz\" | false",
        "userName gt \"bj\" | true",
        "userName ge \"bjensen@example.com\" | true",
        "userName lt \"bjensen@example.com\" | false",
        "userName le \"bjensen@example.com\" | true",
        // presence and absence
        "title pr | true",
        "nickName pr | false",
        "name pr | true",
        "nickName eq \"x\" | false",
        "nickName ne \"x\" | true",
        "nickName eq null | true",
        "title ne null | true",
        "not (nickName eq \"x\") | true",
        // booleans, also quoted
        "active eq true | true",
        "active eq \"True\" | true",
        "active ne false | true",
        "active eq False | false",
        // dateTimes compare as instants
        "meta.lastModified gt \"2011-05-13T04:42:33Z\" | true",
        "meta.lastModified eq \"2011-05-13T06:42:34+02:00\" | true",
        "meta.lastModified lt \"2011-05-13T04:42:34.001Z\" | true",
        "meta.lastModified ge \"2011-05-13T04:42:35Z\" | false",
        // several values: any of them
        "emails co \"jensen.org\" | true",
        "emails.value eq \"babs@jensen.org\" | true",
        "emails.type eq \"work\" and emails.value eq \"babs@jensen.org\" | true",
        "emails.type ne \"work\" | true",
        "ims.type ne \"aim\" | false",
        "photos.type ne \"photo\" | true",
        // brackets: the same element
        "emails[type eq \"work\" and value eq \"babs@jensen.org\"] | false",
        "emails[type eq \"home\" and value eq \"babs@jensen.org\"] | true",
        "emails[type eq \"work\"].value eq \"bjensen@example.com\" | true",
        "emails[type eq \"work\"].value eq \"babs@jensen.org\" | false",
        "emails[not (type eq \"work\")] | true",
        "emails[type eq \"other\"] | false",
        "not (emails[type eq \"other\"]) | true",
        "emails[primary eq true] | true",
        "emails[display pr] | false",
        "name[familyName eq \"jensen\" and givenName sw \"B\"] | true",
        "schemas[value eq \"urn:ietf:params:scim:schemas:core:2.0:User\"] | true",
        // extensions
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq \"tour operations\" | true",
        "URN:ietf:params:scim:schemas:extension:enterprise:2.0:user:Department eq \"Tour Operations\" | true",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager eq \"26118915-6090-4610-87e4-49d8ca9f808d\" | true",
        "department eq \"Tour Operations\" | true",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User pr | true",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department eq \"Tour Operations\" | true",
        "schemas eq \"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\" | true",
        "urn:ietf:params:scim:schemas:core:2.0:User:userType eq \"employee\" | true",
      })
  @DisplayName("RFC 7644 §3.4.2.2: each operator of table 3 on each type")
  void holdsOrNot(String filter, boolean holds) {
    Condition condition = Filter.parse(filter).on(BuiltIn.USER);

    assertThat(condition.matches(Resources.barbara())).isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bogus eq \"1\"",
        "name.bogus eq \"1\"",
        "emails[bogus eq \"1\"]",
        "emails[emails.type eq \"work\"]",
        "urn:example:User:userName eq \"x\"",
        "name eq \"Barbara\"",
        "userName eq 5",
        "userName gt null",
        "active gt true",
        "active co \"tr\"",
        "active eq \"yes\"",
        "meta.created eq \"yesterday\"",
        "meta.created co \"2011\"",
        "x509Certificates.value gt \"aa\"",
        "password eq \"secret\"",
        "password pr",
        "userName[value eq \"x\"]",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User eq \"x\"",
        "userName eq \"a\\u0000b\"",
      })
  @DisplayName("RFC 7644 §3.4.2.2: ordering a boolean or binary value is invalidFilter")
  void refusesWhatMakesNoSense(String filter) {
    assertRefused(ScimType.INVALID_FILTER, () -> Filter.parse(filter).on(BuiltIn.USER));
  }

  @Test
  @DisplayName("RFC 7644 §7.8: strings are prepared before they are compared")
  void textComparesByCodePointAndIgnoresWidthAndComposition() {
    var user = Resources.json("{'userName': 'ＡＤＡ', 'displayName': 'Zoe\u0308 \uD83D\uDE00'}");

    assertThat(Filter.parse("userName eq \"ada\"").on(BuiltIn.USER).matches(user)).isTrue();
    assertThat(Filter.parse("displayName sw \"ZOË\"").on(BuiltIn.USER).matches(user)).isTrue();
    assertThat(Filter.parse("displayName gt \"zoë \uFFFD\"").on(BuiltIn.USER).matches(user))
        .as("an emoji stands behind every character of the basic plane")
        .isTrue();
  }

  @Test
  void aDocumentInComparableFormHoldsWhatFiltersCompare() {
    var form = ComparableForm.of(BuiltIn.USER, Resources.barbara());

    assertThat(form.at("/userName").asText()).isEqualTo("bjensen@example.com");
    assertThat(form.at("/externalId").asText()).isEqualTo("701984");
    assertThat(form.at("/emails/1/value").asText()).isEqualTo("babs@jensen.org");
    assertThat(form.at("/meta/created").asText()).isEqualTo("2010-01-23T04:56:22.000000000Z");
    assertThat(form.path(Resources.ENTERPRISE).path("department").asText())
        .isEqualTo("tour operations");
  }
}
