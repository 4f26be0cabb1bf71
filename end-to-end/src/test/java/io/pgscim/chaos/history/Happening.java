package io.pgscim.chaos.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of a history. {@code at} is in nanoseconds since the run began, by a clock that never
 * goes back; {@code wall} is what the other clock said, to be found in the logs of the services.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "what")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Happening.Sent.class, name = "sent"),
  @JsonSubTypes.Type(value = Happening.Answered.class, name = "answered"),
  @JsonSubTypes.Type(value = Happening.Fault.class, name = "fault"),
  @JsonSubTypes.Type(value = Happening.Seen.class, name = "seen")
})
public sealed interface Happening {

  long at();

  /**
   * An attempt of a push is about to leave.
   *
   * @param push the push's number; its attempts share it
   * @param kind what the identity provider means by it
   * @param sets which {@link Fact facts} it makes true or false
   */
  record Sent(long at, String wall, int push, int attempt, String kind, Map<String, Boolean> sets)
      implements Happening {
    public Sent {
      sets = Map.copyOf(sets);
    }

    /** In a fixed order, so that two histories can be laid side by side. */
    public Map<String, Boolean> sets() {
      return new TreeMap<>(sets);
    }
  }

  /**
   * The answer to an attempt, or that there was none.
   *
   * @param key the resource that was answered, as its topic calls it; null when none was
   * @param version the version that the answer named; 0 when it named none
   */
  record Answered(
      long at,
      String wall,
      int push,
      int attempt,
      Outcome outcome,
      int status,
      String key,
      long version)
      implements Happening {}

  /** A fault began or ended. */
  record Fault(long at, String wall, String kind, String target, boolean begins)
      implements Happening {}

  /**
   * A look at PostgreSQL found something other than the look before.
   *
   * @param access {@code login}, or the role that the role is a member of
   * @param appears whether it is there now
   */
  record Seen(long at, String wall, String role, String access, boolean appears)
      implements Happening {}

  /** What became of an attempt. */
  enum Outcome {
    /** It was answered with success. */
    ACKNOWLEDGED,
    /** It was answered with an error that sending it again does not mend. */
    REFUSED,
    /** It was not answered, or with an error that says nothing about what was done. */
    LOST
  }
}
