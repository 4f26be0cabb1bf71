package io.pgscim.applier.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.pgscim.applier.Someone;
import io.pgscim.events.UserState;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserFilterTest {
  private final UserState ada =
      Someone.user(
          "1",
          "ada@example.com",
          "e-1",
          true,
          "Employee",
          new UserState.Enterprise(null, null, null, null, "Finance", "m-1"));

  @Test
  void seesCoreAndEnterpriseAttributes() {
    assertThat(matches("active eq true and userType eq \"employee\"")).isTrue();
    assertThat(matches("userName ew \"@example.com\"")).isTrue();
    assertThat(
            matches(
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq \"Finance\""))
        .isTrue();
    assertThat(
            matches(
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq \"Sales\""))
        .isFalse();
    assertThat(
            matches(
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq \"m-1\""))
        .isTrue();
    assertThat(matches("emails pr")).isFalse();
  }

  @Test
  void seesTheExtensionOfPgscim() {
    String urn = "urn:pgscim:params:scim:schemas:extension:2.0:User";
    UserState contractor =
        new UserState(
            "2",
            "okta",
            1,
            false,
            "bob",
            null,
            true,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Map.of(
                urn,
                JsonNodeFactory.instance
                    .objectNode()
                    .put("accessUntil", "2030-01-31T18:00:00+01:00")
                    .put("githubLogin", "Octo-Bob")));

    assertThat(UserFilter.of(urn + ":accessUntil eq \"2030-01-31T17:00:00Z\"").matches(contractor))
        .isTrue();
    assertThat(UserFilter.of(urn + ":githubLogin eq \"octo-bob\"").matches(contractor)).isTrue();
    assertThat(UserFilter.of(urn + ":slackId pr").matches(contractor)).isFalse();
  }

  private boolean matches(String filter) {
    return UserFilter.of(filter).matches(ada);
  }
}
