package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.Envelope;
import io.pgscim.events.GroupState;
import io.pgscim.events.IdentityEvent;
import io.pgscim.events.MembershipState;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who is in which group, as {@code group/user}, found out in ways that owe each other nothing. */
final class EffectiveMembers {
  private EffectiveMembers() {}

  /**
   * By walking down from each group.
   *
   * @param members of a group: users, and groups where they are keys of {@code groups}
   */
  static Set<String> of(Collection<String> groups, Map<String, Set<String>> members) {
    Set<String> effective = new TreeSet<>();
    for (String group : groups) {
      Set<String> seen = new HashSet<>();
      Deque<String> open = new ArrayDeque<>(List.of(group));
      while (!open.isEmpty()) {
        for (String member : members.getOrDefault(open.pop(), Set.of())) {
          if (!groups.contains(member)) {
            effective.add(group + "/" + member);
          } else if (seen.add(member)) {
            open.add(member);
          }
        }
      }
    }
    return effective;
  }

  /** By what the tables say about these groups. */
  static Set<String> inTables(Collection<String> groups) {
    return of(
        groups,
        DirectoryTables.pairs(
            """
            SELECT group_id::text, user_id::text FROM scim.member
            UNION ALL
            SELECT parent_id::text, child_id::text FROM scim.nesting
            """));
  }

  /** By the view that is there for people to look at. */
  static Set<String> inView(Collection<String> groups) {
    Set<String> effective = new TreeSet<>();
    DirectoryTables.pairs("SELECT group_id::text, user_id::text FROM scim.effective_member")
        .forEach(
            (group, users) -> {
              if (groups.contains(group)) {
                users.forEach(user -> effective.add(group + "/" + user));
              }
            });
    return effective;
  }

  /** By what the events about these groups come to. */
  static Set<String> told(List<Envelope> events, Collection<String> groups) {
    Set<String> effective = new TreeSet<>();
    for (Envelope envelope : events) {
      if (envelope.event() instanceof MembershipState m && groups.contains(m.groupId())) {
        String pair = m.groupId() + "/" + m.userId();
        assertThat(m.present() ? effective.add(pair) : effective.remove(pair))
            .as("%s says something new", m)
            .isTrue();
      }
    }
    return effective;
  }

  /** That versions rise per key, and every version of the groups is in an event. */
  static void assertVersions(List<Envelope> events, Map<String, Long> versions) {
    Map<String, Long> last = new HashMap<>();
    Map<String, Set<Long>> seen = new HashMap<>();
    for (Envelope envelope : events) {
      if (envelope.event() instanceof IdentityEvent event) {
        Long before = last.put(event.key(), event.version());
        assertThat(before == null || before < event.version()).as("%s rises", event).isTrue();
        String group =
            event instanceof MembershipState m
                ? m.groupId()
                : event instanceof GroupState g ? g.id() : "";
        seen.computeIfAbsent(group, id -> new HashSet<>()).add(event.version());
      }
    }
    versions.forEach(
        (group, version) -> {
          Set<Long> all = new HashSet<>();
          for (long v = 1; v <= version; v++) {
            all.add(v);
          }
          assertThat(seen.get(group)).as("versions of %s", group).isEqualTo(all);
        });
  }
}
