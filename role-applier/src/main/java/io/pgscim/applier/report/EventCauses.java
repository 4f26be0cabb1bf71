package io.pgscim.applier.report;

import io.pgscim.applier.consume.Batch;
import io.pgscim.applier.consume.Sourced;
import io.pgscim.applier.current.Situation;
import io.pgscim.applier.plan.Subject;
import io.pgscim.applier.wanted.Person;
import io.pgscim.applier.wanted.WantedAccess;
import io.pgscim.events.Cause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds among the events of a batch the one that set a change off: for an access role the latest
 * about a group that gives it, otherwise the latest about the user.
 */
public final class EventCauses implements Causes {
  /**
   * @param groupId null for an event about the user alone
   */
  private record Trigger(String groupId, Cause cause) {}

  private static final Comparator<Trigger> LATEST =
      Comparator.comparing(trigger -> trigger.cause().requestedAt());

  private final WantedAccess access;
  private final Map<String, List<Trigger>> ofUser = new HashMap<>();
  private final Map<String, Trigger> ofGroup = new HashMap<>();
  private final Map<String, Map<String, Person.Group>> groups = new HashMap<>();
  private final Cause last;

  /**
   * @param batch with at least one readable event
   */
  public EventCauses(Batch batch, WantedAccess access) {
    this.access = access;
    batch.users().forEach(u -> add(u.state().id(), null, u.cause()));
    batch.memberships().forEach(m -> add(m.state().userId(), m.state().groupId(), m.cause()));
    batch.sessions().forEach(s -> add(s.state().userId(), null, s.cause()));
    batch
        .groups()
        .forEach(g -> ofGroup.put(g.state().id(), new Trigger(g.state().id(), g.cause())));
    this.last =
        Stream.of(batch.users(), batch.groups(), batch.memberships(), batch.sessions())
            .flatMap(List::stream)
            .map(Sourced::cause)
            .max(Comparator.comparing(Cause::requestedAt))
            .orElseThrow();
  }

  @Override
  public void know(List<Situation> situations) {
    for (Situation situation : situations) {
      Map<String, Person.Group> known = new HashMap<>();
      situation.left().forEach(group -> known.put(group.id(), group));
      situation
          .person()
          .map(Person::groups)
          .orElse(List.of())
          .forEach(group -> known.put(group.id(), group));
      groups.put(situation.userId(), known);
    }
  }

  @Override
  public Cause of(Subject subject, String accessRole) {
    Map<String, Person.Group> known = groups.getOrDefault(subject.userId(), Map.of());
    List<Trigger> triggers = new ArrayList<>(ofUser.getOrDefault(subject.userId(), List.of()));
    if (!ofGroup.isEmpty()) {
      known.keySet().stream().map(ofGroup::get).filter(Objects::nonNull).forEach(triggers::add);
    }
    if (triggers.size() == 1) {
      return triggers.getFirst().cause();
    }
    return triggers.stream()
        .filter(trigger -> isAbout(trigger, accessRole, known))
        .max(LATEST)
        .or(() -> triggers.stream().max(LATEST))
        .map(Trigger::cause)
        .orElse(last);
  }

  private boolean isAbout(Trigger trigger, String accessRole, Map<String, Person.Group> known) {
    if (accessRole == null || trigger.groupId() == null) {
      return accessRole == null && trigger.groupId() == null;
    }
    Person.Group group = known.get(trigger.groupId());
    Set<String> given = group == null ? Set.of() : access.givenBy(group);
    return given.contains(accessRole);
  }

  private void add(String userId, String groupId, Cause cause) {
    ofUser.computeIfAbsent(userId, u -> new ArrayList<>()).add(new Trigger(groupId, cause));
  }
}
