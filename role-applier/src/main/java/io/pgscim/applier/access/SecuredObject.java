package io.pgscim.applier.access;

import io.pgscim.applier.policy.ObjectKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Something in a database that has an access control list.
 *
 * @param column of a relation; the object is that column then
 * @param owner oid of a role
 * @param privileges those that this server knows for its kind
 * @param refused why nobody can reach it whatever the list says; usually empty
 * @param rowSecurity whether row-level security is enabled
 * @param forced whether for its owner too
 * @param system whether only superusers may change its rows
 */
record SecuredObject(
    ObjectKind kind,
    Optional<String> column,
    long owner,
    Set<String> privileges,
    Optional<String> refused,
    boolean rowSecurity,
    boolean forced,
    boolean system,
    List<Item> acl) {

  /** PUBLIC, as {@code aclexplode} has it. */
  static final long EVERYBODY = 0;

  /**
   * One privilege that one role was given, or everybody.
   *
   * @param grantee oid of a role, or {@link #EVERYBODY}
   * @param grantable whether the grantee may pass it on
   */
  record Item(long grantee, String privilege, boolean grantable) {}

  SecuredObject {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(column, "column");
    privileges = Set.copyOf(privileges);
    Objects.requireNonNull(refused, "refused");
    acl = List.copyOf(acl);
  }
}
