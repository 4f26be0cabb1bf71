package io.pgscim.events;

/** What was done, or refused, to one role of one PostgreSQL cluster. */
public sealed interface RoleEvent extends Event
    permits RoleChanged,
        RoleChangeRefused,
        SessionsTerminated,
        RevocationProven,
        RevocationUnproven {

  /** The name of the cluster, as its policy file gives it. */
  String cluster();

  /** The role's name as it stands in {@code pg_roles.rolname}. */
  String role();

  /** The directory id of the user the role stands for; null for an access role. */
  String userId();

  @Override
  default String key() {
    return cluster() + "/" + role();
  }
}
