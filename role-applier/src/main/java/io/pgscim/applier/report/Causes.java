package io.pgscim.applier.report;

import io.pgscim.applier.current.Situation;
import io.pgscim.applier.plan.Subject;
import io.pgscim.events.Cause;
import java.util.List;

/** Why something changes. */
public interface Causes {

  /**
   * The cause of a change.
   *
   * @param access the access role that is given or taken; null when the change is about something
   *     else
   */
  Cause of(Subject subject, String access);

  /** Learns what is known of the users that changes will be about. */
  default void know(List<Situation> situations) {}

  /** Everything for one reason. */
  static Causes always(Cause cause) {
    return (subject, access) -> cause;
  }
}
