package io.pgscim.applier.policy;

import io.pgscim.events.UserState;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.filter.Condition;
import io.pgscim.scim.filter.Filter;
import io.pgscim.scim.path.Target;
import io.pgscim.scim.schema.BuiltIn;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A SCIM filter on users (RFC 7644 §3.4.2.2), bound to the user schema when the policy is read.
 *
 * @param members the attributes and extensions of a user that it looks at
 */
public record UserFilter(String text, Condition condition, Set<String> members) {

  public UserFilter {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(condition, "condition");
    members = Set.copyOf(members);
  }

  /**
   * @throws IllegalArgumentException when the text is no filter, or names an attribute that users
   *     do not have
   */
  public static UserFilter of(String text) {
    try {
      Condition condition = Filter.parse(text).on(BuiltIn.USER);
      return new UserFilter(text, condition, members(condition).collect(Collectors.toSet()));
    } catch (ScimException e) {
      throw new IllegalArgumentException(e.getMessage());
    }
  }

  /** Whether it finds this user, who exists. */
  public boolean matches(UserState user) {
    return condition.matches(ScimDocument.of(user, members));
  }

  private static Stream<String> members(Condition condition) {
    return switch (condition) {
      case Condition.All all -> all.parts().stream().flatMap(UserFilter::members);
      case Condition.Any any -> any.parts().stream().flatMap(UserFilter::members);
      case Condition.Not not -> members(not.part());
      case Condition.Present present -> Stream.of(member(present.target()));
      case Condition.Test test -> Stream.of(member(test.target()));
      case Condition.Element element -> Stream.of(member(element.target()));
    };
  }

  private static String member(Target target) {
    return target.extension() == null ? target.attribute().name() : target.extension().id();
  }
}
