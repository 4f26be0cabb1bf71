package io.pgscim.chaos.check;

import io.pgscim.chaos.history.Fact;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What the policy gives: an active person may log in and is a member of the roles of the groups
 * that he is in, directly or through a group in them.
 *
 * @param gives the role that each group gives
 * @param children groups that may be in others
 */
public record Rules(Map<String, String> gives, Set<String> children) {
  public static final String LOGIN = "login";

  public Rules {
    gives = Map.copyOf(gives);
    children = Set.copyOf(children);
  }

  /** What a person has when these facts are so. */
  Set<String> access(String person, Predicate<String> isSo) {
    Set<String> access = new TreeSet<>();
    if (isSo.test(Fact.active(person))) {
      access.add(LOGIN);
      gives.forEach(
          (group, role) -> {
            if (isIn(group, person, isSo)) {
              access.add(role);
            }
          });
    }
    return access;
  }

  /** Whether a person is in a group, be it through another. */
  boolean isIn(String group, String person, Predicate<String> isSo) {
    return isSo.test(Fact.member(group, person))
        || children.stream()
            .anyMatch(
                child ->
                    isSo.test(Fact.nested(group, child)) && isSo.test(Fact.member(child, person)));
  }
}
