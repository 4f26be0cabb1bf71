package io.pgscim.applier.current;

/** Who has a role name now. */
public sealed interface NameHolder {

  /** A role that pgscim did not create. */
  record Unmanaged() implements NameHolder {}

  /** One of pgscim's access roles. */
  record Access() implements NameHolder {}

  /**
   * The login role of a user.
   *
   * @param gone the user was deleted from the directory
   */
  record Person(String userId, boolean gone) implements NameHolder {}
}
