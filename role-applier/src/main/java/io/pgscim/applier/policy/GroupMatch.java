package io.pgscim.applier.policy;

import java.util.Locale;
import java.util.Objects;

/** Which groups a rule is about. */
public record GroupMatch(By by, String value) {
  /** What of a group is looked at. */
  public enum By {
    /** Its displayName, ignoring case. */
    NAME,
    /** Its externalId: what the identity provider calls it, whatever its name. */
    EXTERNAL_ID,
    /** Its id in the directory. */
    ID
  }

  public GroupMatch {
    Objects.requireNonNull(by, "by");
    value = by == By.NAME ? folded(value) : Objects.requireNonNull(value, "value");
  }

  /** Groups of this displayName. */
  public static GroupMatch named(String displayName) {
    return new GroupMatch(By.NAME, displayName);
  }

  private static String folded(String displayName) {
    return displayName.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
