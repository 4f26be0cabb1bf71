package io.pgscim.applier.policy;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A role nobody logs in as: it holds privileges, and people are its members.
 *
 * @param memberOf further access roles whose privileges it has too
 */
public record AccessRole(String name, List<ObjectGrant> grants, Set<String> memberOf) {

  public AccessRole {
    Objects.requireNonNull(name, "name");
    grants = List.copyOf(grants);
    memberOf = Collections.unmodifiableSet(new TreeSet<>(memberOf));
  }
}
