package io.pgscim.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.filter.ValueFilter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a sequence of changes comes to, so that it costs what changes and not what the group holds,
 * and each member changes once at most.
 *
 * @param clear whether everybody who is not added goes
 * @param add who shall be a member
 * @param remove who shall not be one; empty when everybody goes
 */
public record MemberDelta(boolean clear, Set<String> add, Set<String> remove) {
  /** Nothing. */
  public static final MemberDelta NONE = new MemberDelta(false, Set.of(), Set.of());

  public MemberDelta {
    add = Set.copyOf(add);
    remove = Set.copyOf(remove);
    if (clear && !remove.isEmpty() || add.stream().anyMatch(remove::contains)) {
      throw new IllegalArgumentException("a member is added or removed, not both");
    }
  }

  /** Exactly these are the members. */
  public static MemberDelta exactly(Set<String> ids) {
    return new MemberDelta(true, ids, Set.of());
  }

  /** Whether the changes can only be understood knowing the present members. */
  public static boolean needsMembers(List<MemberChange> changes) {
    return changes.stream().anyMatch(MemberChange.RemoveMatching.class::isInstance);
  }

  /**
   * What the changes come to.
   *
   * @param present the members now, by id; may be empty unless {@link #needsMembers}
   * @throws io.pgscim.scim.ScimException 400 tooMany when filters would look at too many of them
   */
  public static MemberDelta of(List<MemberChange> changes, Map<String, ObjectNode> present) {
    boolean clear = false;
    Set<String> add = new LinkedHashSet<>();
    Set<String> remove = new LinkedHashSet<>();
    Effort effort = new Effort();
    for (MemberChange change : changes) {
      switch (change) {
        case MemberChange.Add(Set<String> ids) -> {
          add.addAll(ids);
          remove.removeAll(ids);
        }
        case MemberChange.Remove(Set<String> ids) -> {
          add.removeAll(ids);
          remove.addAll(ids);
        }
        case MemberChange.Clear() -> {
          clear = true;
          add.clear();
        }
        case MemberChange.RemoveMatching matching -> {
          effort.spend((present.size() + add.size()) * Effort.comparisons(matching.each()));
          Collection<String> ids = matching(matching, present, add);
          add.removeAll(ids);
          remove.addAll(ids);
        }
      }
    }
    return new MemberDelta(clear, add, clear ? Set.of() : remove);
  }

  private static Collection<String> matching(
      MemberChange.RemoveMatching change, Map<String, ObjectNode> present, Set<String> added) {
    Map<String, JsonNode> all = new LinkedHashMap<>(present);
    added.forEach(
        id ->
            all.computeIfAbsent(
                id, value -> JsonNodeFactory.instance.objectNode().put("value", value)));
    all.values().removeIf(member -> !ValueFilter.matches(change.each(), member));
    return all.keySet();
  }

  /** Whether it says nothing at all. */
  public boolean isEmpty() {
    return !clear && add.isEmpty() && remove.isEmpty();
  }
}
