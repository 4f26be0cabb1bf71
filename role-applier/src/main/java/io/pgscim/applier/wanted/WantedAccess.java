package io.pgscim.applier.wanted;

import io.pgscim.applier.policy.Policy;
import io.pgscim.applier.policy.Rule;
import io.pgscim.events.UserState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A policy, ready to say what a person should have. */
public final class WantedAccess {
  private final Policy policy;
  private final Set<String> usable;
  private final Map<String, List<Rule>> byGroup = new HashMap<>();
  private final List<Rule> byUserAlone = new ArrayList<>();

  /**
   * @param usable the access roles that exist and are pgscim's own; no other is ever given
   */
  public WantedAccess(Policy policy, Set<String> usable) {
    this.policy = Objects.requireNonNull(policy, "policy");
    this.usable = Set.copyOf(usable);
    for (Rule rule : policy.rules()) {
      rule.group()
          .ifPresentOrElse(
              group ->
                  byGroup.computeIfAbsent(Rule.folded(group), g -> new ArrayList<>()).add(rule),
              () -> byUserAlone.add(rule));
    }
  }

  /**
   * What the person should have. A user who is not active has nothing, whatever the policy says.
   */
  public Wanted of(Person person) {
    UserState user = person.user();
    if (user.deleted()) {
      return new Wanted.NoAccess(user.id(), true, "the user was deleted");
    }
    if (!user.active()) {
      return new Wanted.NoAccess(user.id(), false, "the user is not active");
    }
    if (!policy.loginRoles().condition().matches(user)) {
      return new Wanted.NoAccess(
          user.id(), false, "the user does not satisfy " + policy.loginRoles().condition().text());
    }
    return new Wanted.Login(
        user.id(),
        RoleName.of(policy.loginRoles().name(), policy.loginRoles().authentication(), user),
        policy.loginRoles().connectionLimit(),
        policy.loginRoles().settings(),
        memberships(person));
  }

  /** The access roles that any rule gives for a group of this name. */
  public Set<String> givenBy(String displayName) {
    Set<String> roles = new TreeSet<>();
    byGroup.getOrDefault(Rule.folded(displayName), List.of()).forEach(r -> roles.addAll(r.gives()));
    return roles;
  }

  private Map<String, Set<String>> memberships(Person person) {
    Map<String, Set<String>> memberships = new TreeMap<>();
    policy
        .loginRoles()
        .authentication()
        .membership()
        .ifPresent(role -> memberships.put(role, new TreeSet<>()));
    for (Rule rule : byUserAlone) {
      give(memberships, rule, person.user(), null);
    }
    for (Person.Group group : person.groups()) {
      for (Rule rule : byGroup.getOrDefault(Rule.folded(group.displayName()), List.of())) {
        give(memberships, rule, person.user(), group.id());
      }
    }
    return memberships;
  }

  private void give(
      Map<String, Set<String>> memberships, Rule rule, UserState user, String groupId) {
    if (rule.users().isPresent() && !rule.users().get().matches(user)) {
      return;
    }
    for (String role : rule.gives()) {
      if (usable.contains(role)) {
        Set<String> through = memberships.computeIfAbsent(role, r -> new TreeSet<>());
        if (groupId != null) {
          through.add(groupId);
        }
      }
    }
  }
}
