package io.pgscim.scim.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.scim.schema.BuiltIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §3.10: attribute notation. */
class TargetTest {

  @ParameterizedTest
  @CsvSource({
    "userName, userName",
    "USERNAME, userName",
    "name.givenname, name.givenName",
    "urn:ietf:params:scim:schemas:core:2.0:User:name.givenName, name.givenName",
    "URN:IETF:params:scim:schemas:core:2.0:user:userName, userName",
    "id, id",
    "meta.created, meta.created",
    "emails.$ref, ",
    "groups.$ref, groups.$ref",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department,"
        + " urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName,"
        + " urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User,"
        + " urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department,"
        + " urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
    "department, urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
    "bogus, ",
    "name.bogus, ",
    "userName.value, ",
    "urn:example:userName, ",
  })
  void findsWhatIsNamed(String path, String found) {
    Target target = Target.find(BuiltIn.USER, AttributePath.parse(path));

    assertThat(target == null ? null : target.toString()).isEqualTo(found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", ".", "a.", ".a", "a.b.c", "1a", "a b", "a[b]", "urn:", ":a", "é"})
  void whatIsNoPathIsNone(String text) {
    assertThat(AttributePath.parse(text)).isNull();
  }

  @Test
  void aPathHasABoundedLength() {
    assertThat(AttributePath.parse("a".repeat(AttributePath.MAX_LENGTH))).isNotNull();
    assertThat(AttributePath.parse("a".repeat(AttributePath.MAX_LENGTH + 1))).isNull();
  }
}
