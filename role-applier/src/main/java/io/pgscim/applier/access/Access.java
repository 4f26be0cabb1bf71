package io.pgscim.applier.access;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One way in which one login has privileges on an object.
 *
 * @param login name of the role
 * @param oid its oid
 * @param grantable those of the privileges that can be passed on
 * @param columns empty = the object asked about, whole
 * @param setRole the role that has to be taken on with {@code SET ROLE} first; empty = none
 * @param obstacles why it cannot be used nevertheless, each a sentence
 */
public record Access(
    String login,
    long oid,
    SortedSet<String> privileges,
    SortedSet<String> grantable,
    List<String> columns,
    Path path,
    Optional<String> setRole,
    List<String> obstacles,
    RowSecurity rowSecurity) {

  /** What row-level security does to the rows that are seen or changed so. */
  public enum RowSecurity {
    /** The object has none. */
    NONE,
    /** Its policies decide about each row. */
    APPLIES,
    /** It is not applied: superuser, BYPASSRLS, or the owner of a table that does not force it. */
    BYPASSED
  }

  public Access {
    Objects.requireNonNull(login, "login");
    privileges = sorted(privileges);
    grantable = sorted(grantable);
    columns = List.copyOf(columns);
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(setRole, "setRole");
    obstacles = List.copyOf(obstacles);
    Objects.requireNonNull(rowSecurity, "rowSecurity");
  }

  /** Whether a statement that needs it succeeds as soon as the login has connected. */
  public boolean usableAtOnce() {
    return setRole.isEmpty() && obstacles.isEmpty();
  }

  private static SortedSet<String> sorted(Collection<String> names) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(names));
  }
}
