package io.pgscim.applier.access;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The roles of a cluster, and the memberships that lead to those that were asked about. */
final class Roles {
  private final Map<Long, Role> roles = new LinkedHashMap<>();
  private final Map<String, Role> byName = new HashMap<>();
  private final Map<Long, List<Membership>> members = new HashMap<>();
  private final Map<Long, Map<Long, Chain>> inheritors = new HashMap<>();

  /** A role's member; oids. */
  record Membership(long role, long member, boolean inherit, boolean set, boolean admin) {}

  /** One role can be another's member once: what several grantors gave is joined. */
  Roles(Collection<Role> roles, Collection<Membership> memberships) {
    for (Role role : roles) {
      this.roles.put(role.oid(), role);
      byName.put(role.name(), role);
    }
    for (Membership one : memberships) {
      // A role that was dropped in between is none.
      if (this.roles.containsKey(one.role()) && this.roles.containsKey(one.member())) {
        members.computeIfAbsent(one.role(), r -> new ArrayList<>()).add(one);
      }
    }
  }

  Collection<Role> all() {
    return roles.values();
  }

  Role of(long oid) {
    return roles.get(oid);
  }

  Optional<Role> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * Who has a role's privileges without doing anything, itself included, each by a shortest chain
   * of memberships that are inherited.
   */
  Map<Long, Chain> inheritors(long holder) {
    return inheritors.computeIfAbsent(
        holder,
        from -> {
          Map<Long, Chain> found = new LinkedHashMap<>();
          if (roles.containsKey(from)) {
            found.put(from, Chain.of(from));
          }
          Deque<Long> next = new ArrayDeque<>(found.keySet());
          while (!next.isEmpty()) {
            long role = next.poll();
            for (Membership one : members.getOrDefault(role, List.of())) {
              if (one.inherit() && !found.containsKey(one.member())) {
                found.put(one.member(), found.get(role).after(step(one), one.member()));
                next.add(one.member());
              }
            }
          }
          return found;
        });
  }

  /** Who can become one of these roles, but for those roles, and how it goes on from there. */
  Map<Long, Chain> whoCanBecome(Map<Long, Chain> chains) {
    Map<Long, Chain> found = new LinkedHashMap<>(chains);
    Deque<Long> next = new ArrayDeque<>(chains.keySet());
    while (!next.isEmpty()) {
      long role = next.poll();
      for (Membership one : members.getOrDefault(role, List.of())) {
        if (one.set() && !found.containsKey(one.member())) {
          Chain chain = found.get(role);
          found.put(one.member(), chain.after(step(one), chain.as()));
          next.add(one.member());
        }
      }
    }
    found.keySet().removeAll(chains.keySet());
    return found;
  }

  private Step step(Membership one) {
    return new Step(roles.get(one.role()).name(), one.inherit(), one.set(), one.admin());
  }
}
