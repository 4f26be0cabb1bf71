package io.pgscim.applier.consume;

import io.pgscim.events.GroupState;
import io.pgscim.events.IdentityEvent;
import io.pgscim.events.MembershipState;
import io.pgscim.events.SessionsRevoked;
import io.pgscim.events.UserState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was read at once: the latest state of each key, and what could not be read.
 *
 * @param joinings every state of a membership that arrived, the latest or not: they tell when
 *     somebody joined
 * @param positions where reading goes on, by partition, once this batch is durable
 */
public record Batch(
    String topic,
    List<Sourced<UserState>> users,
    List<Sourced<GroupState>> groups,
    List<Sourced<MembershipState>> memberships,
    List<Sourced<MembershipState>> joinings,
    List<Sourced<SessionsRevoked>> sessions,
    List<Unreadable> unreadable,
    Map<Integer, Long> positions) {

  public Batch {
    Objects.requireNonNull(topic, "topic");
    users = latest(users);
    groups = latest(groups);
    memberships = latest(memberships);
    joinings = List.copyOf(joinings);
    sessions = latest(sessions);
    unreadable = List.copyOf(unreadable);
    positions = Map.copyOf(positions);
  }

  /** Nothing but positions. */
  public boolean isEmpty() {
    return users.isEmpty()
        && groups.isEmpty()
        && memberships.isEmpty()
        && sessions.isEmpty()
        && unreadable.isEmpty();
  }

  /** Whether somebody may have been taken out of a group: others may follow in a moment. */
  public boolean endsMemberships() {
    return memberships.stream().anyMatch(sourced -> !sourced.state().present());
  }

  /** Of several states of a key the one with the highest version counts, wherever it stands. */
  private static <T extends IdentityEvent> List<Sourced<T>> latest(Collection<Sourced<T>> states) {
    Map<String, Sourced<T>> latest =
        states.stream()
            .collect(
                Collectors.toMap(
                    sourced -> sourced.state().key(),
                    Function.identity(),
                    (a, b) -> b.state().version() > a.state().version() ? b : a,
                    java.util.LinkedHashMap::new));
    return List.copyOf(latest.values());
  }
}
