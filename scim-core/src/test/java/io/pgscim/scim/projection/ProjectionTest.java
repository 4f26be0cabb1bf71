package io.pgscim.scim.projection;

import static io.pgscim.scim.ScimErrors.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.Resources;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.schema.BuiltIn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7644 §3.9, RFC 7643 §7 {@code returned}. */
class ProjectionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "userName | | schemas id userName",
        "USERNAME,bogus | | schemas id userName",
        "bogus | | schemas id",
        "name.givenName , title | | schemas id name title",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName | | schemas id userName",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department | |"
            + " schemas id urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User | |"
            + " schemas id urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        "password | | schemas id",
        " | id,schemas,meta,emails,addresses,ims,name,"
            + "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User |"
            + " schemas id externalId userName displayName title userType active",
      })
  void showsWhatIsAskedFor(String attributes, String excluded, String shown) {
    ObjectNode resource = Resources.barbara().put("password", "secret");

    assertThat(names(Projection.of(BuiltIn.USER, attributes, excluded).of(resource)))
        .containsExactlyInAnyOrder(shown.split(" "));
  }

  @Test
  void partsAreShownAlone() {
    ObjectNode shown =
        Projection.of(
                BuiltIn.USER,
                "name.givenName,emails.value," + Resources.ENTERPRISE + ":department",
                null)
            .of(Resources.barbara());

    assertThat(shown.get("name")).hasToString("{\"givenName\":\"Barbara\"}");
    assertThat(shown.at("/emails/1")).hasToString("{\"value\":\"babs@jensen.org\"}");
    assertThat(shown.get(Resources.ENTERPRISE)).hasToString("{\"department\":\"Tour Operations\"}");
  }

  @Test
  void partsAreExcludedAlone() {
    ObjectNode shown =
        Projection.of(BuiltIn.USER, null, "name.givenName,name.formatted,emails.type")
            .of(Resources.barbara());

    assertThat(shown.get("name")).hasToString("{\"familyName\":\"Jensen\"}");
    assertThat(names((ObjectNode) shown.at("/emails/0"))).containsExactly("value", "primary");
    assertThat(shown.get("title").asText()).isEqualTo("Tour Guide");
  }

  @Test
  void byDefaultEverythingReturnableIsShown() {
    ObjectNode resource = Resources.barbara();

    assertThat(Projection.all(BuiltIn.USER).of(resource.deepCopy().put("password", "secret")))
        .isEqualTo(resource);
  }

  @Test
  void saysBeforehandWhatNeedNotBeFetched() {
    assertThat(Projection.all(BuiltIn.GROUP).shows("members")).isTrue();
    assertThat(Projection.of(BuiltIn.GROUP, null, "Members").shows("members")).isFalse();
    assertThat(Projection.of(BuiltIn.GROUP, "displayName", null).shows("members")).isFalse();
    assertThat(Projection.of(BuiltIn.GROUP, "members.value", null).shows("members")).isTrue();
  }

  @Test
  void bothParametersExcludeEachOther() {
    assertRefused(ScimType.INVALID_VALUE, () -> Projection.of(BuiltIn.USER, "id", "name"));
  }

  private static List<String> names(ObjectNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
