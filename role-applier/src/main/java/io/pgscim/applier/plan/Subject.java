package io.pgscim.applier.plan;

import java.util.Objects;

/**
 * Whom a change is about: the unit that is planned as a whole and that fails alone.
 *
 * @param key {@code user/<id>} or {@code access/<role>}
 * @param userId null for an access role
 */
public record Subject(String key, String userId) {

  public Subject {
    Objects.requireNonNull(key, "key");
  }

  /** A user of the directory. */
  public static Subject user(String userId) {
    return new Subject("user/" + Objects.requireNonNull(userId, "userId"), userId);
  }

  /** An access role of the policy. */
  public static Subject access(String role) {
    return new Subject("access/" + Objects.requireNonNull(role, "role"), null);
  }
}
