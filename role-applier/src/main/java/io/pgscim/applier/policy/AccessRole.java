package io.pgscim.applier.policy;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A role nobody logs in as: it holds privileges, and people are its members.
 *
 * @param memberOf further access roles, or roles that PostgreSQL defines, whose privileges it has
 *     too
 * @param with how it can use those
 * @param adopted a role of this name that exists already becomes this one
 */
public record AccessRole(
    String name,
    List<ObjectGrant> grants,
    Set<String> memberOf,
    MembershipOptions with,
    boolean adopted) {

  /** One that pgscim creates, with memberships to be used in the usual way. */
  public AccessRole(String name, List<ObjectGrant> grants, Set<String> memberOf) {
    this(name, grants, memberOf, MembershipOptions.USUAL, false);
  }

  public AccessRole {
    Objects.requireNonNull(name, "name");
    grants = List.copyOf(grants);
    memberOf = Collections.unmodifiableSet(new TreeSet<>(memberOf));
    Objects.requireNonNull(with, "with");
  }
}
