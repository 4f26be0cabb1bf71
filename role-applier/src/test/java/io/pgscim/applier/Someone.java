package io.pgscim.applier;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.applier.wanted.Person;
import io.pgscim.events.UserState;
import java.util.List;
import java.util.Map;

/** Users for tests that do no I/O. */
public final class Someone {
  private Someone() {}

  public static UserState user(String id, String userName) {
    return user(id, userName, null, true, null, null);
  }

  public static UserState inactive(String id, String userName) {
    return user(id, userName, null, false, null, null);
  }

  public static UserState user(
      String id,
      String userName,
      String externalId,
      boolean active,
      String userType,
      UserState.Enterprise enterprise) {
    return new UserState(
        id,
        "test",
        1,
        false,
        userName,
        externalId,
        active,
        null,
        null,
        null,
        userType,
        null,
        null,
        enterprise,
        null);
  }

  /** The same user with an extension. */
  public static UserState with(UserState user, String schema, Map<String, String> extension) {
    return new UserState(
        user.id(),
        user.source(),
        user.version(),
        false,
        user.userName(),
        user.externalId(),
        user.active(),
        user.displayName(),
        user.name(),
        user.emails(),
        user.userType(),
        user.roles(),
        user.entitlements(),
        user.enterprise(),
        Map.of(schema, new ObjectMapper().valueToTree(extension)));
  }

  /** The user, in groups whose ids are their names. */
  public static Person in(UserState user, String... groups) {
    return new Person(
        user, List.of(groups).stream().map(name -> new Person.Group(name, name)).toList());
  }
}
