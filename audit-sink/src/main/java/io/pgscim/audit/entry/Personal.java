package io.pgscim.audit.entry;

import io.pgscim.events.UserState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * By what a person is known, as one event said it. It never stands in the log.
 *
 * @param user the directory's id of the person
 * @param json canonical JSON of the attributes
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Personal(String user, byte[] json) {

  public Personal {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(json, "json");
  }

  /**
   * What an auditor needs to tell who somebody is, and no more: names, addresses, the number and
   * the place in the company. Empty for a person who is deleted, of whom nothing is left.
   */
  static Optional<Personal> of(UserState user) {
    if (user.deleted()) {
      return Optional.empty();
    }
    var known = new TreeMap<String, Object>();
    put(known, "userName", user.userName());
    put(known, "externalId", user.externalId());
    put(known, "displayName", user.displayName());
    put(known, "userType", user.userType());
    if (user.name() != null) {
      put(known, "givenName", user.name().givenName());
      put(known, "familyName", user.name().familyName());
      put(known, "formattedName", user.name().formatted());
    }
    if (user.emails() != null) {
      List<String> emails =
          user.emails().stream().map(UserState.MultiValue::value).filter(Objects::nonNull).toList();
      put(known, "emails", emails.isEmpty() ? null : emails);
    }
    if (user.enterprise() != null) {
      put(known, "employeeNumber", user.enterprise().employeeNumber());
      put(known, "organization", user.enterprise().organization());
      put(known, "department", user.enterprise().department());
    }
    return Optional.of(new Personal(user.id(), CanonicalJson.write(known)));
  }

  private static void put(Map<String, Object> known, String name, Object value) {
    if (value != null) {
      known.put(name, value);
    }
  }
}
