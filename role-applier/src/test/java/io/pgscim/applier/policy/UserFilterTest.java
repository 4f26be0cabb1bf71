package io.pgscim.applier.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.Someone;
import io.pgscim.events.UserState;
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

  private boolean matches(String filter) {
    return UserFilter.of(filter).matches(ada);
  }
}
