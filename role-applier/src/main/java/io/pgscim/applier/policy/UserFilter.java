package io.pgscim.applier.policy;

import io.pgscim.events.UserState;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.filter.Condition;
import io.pgscim.scim.filter.Filter;
import io.pgscim.scim.schema.BuiltIn;
import java.util.Objects;

/** A SCIM filter on users (RFC 7644 §3.4.2.2), bound to the user schema when the policy is read. */
public record UserFilter(String text, Condition condition) {

  public UserFilter {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(condition, "condition");
  }

  /**
   * @throws IllegalArgumentException when the text is no filter, or names an attribute that users
   *     do not have
   */
  public static UserFilter of(String text) {
    try {
      return new UserFilter(text, Filter.parse(text).on(BuiltIn.USER));
    } catch (ScimException e) {
      throw new IllegalArgumentException(e.getMessage());
    }
  }

  /** Whether it finds this user, who exists. */
  public boolean matches(UserState user) {
    return condition.matches(ScimDocument.of(user));
  }
}
