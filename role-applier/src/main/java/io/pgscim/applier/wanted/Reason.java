package io.pgscim.applier.wanted;

import io.pgscim.applier.policy.Rule;
import io.pgscim.applier.policy.Window;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Why somebody should be a member of an access role.
 *
 * @param group through which the rule applies; empty for a rule about no group
 * @param until when this reason ends by the clock; empty = no such moment is known
 */
public record Reason(
    String role, Rule rule, Optional<Person.Group> group, Optional<Instant> until) {

  public Reason {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(until, "until");
  }

  /** The same, with an end that is not later. */
  Reason atMost(Instant end) {
    return new Reason(
        role, rule, group, Optional.of(Window.earlier(until.orElse(Instant.MAX), end)));
  }
}
