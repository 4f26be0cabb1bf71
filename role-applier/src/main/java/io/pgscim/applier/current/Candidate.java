package io.pgscim.applier.current;

import io.pgscim.applier.policy.RoleNames;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Objects;
import java.util.Optional;

/**
 * A login role that exists and is to become somebody's.
 *
 * @param obstacle why it cannot; empty when it can
 */
public record Candidate(CurrentLogin role, Optional<String> obstacle) {

  public Candidate {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(obstacle, "obstacle");
  }

  /** The one place that says which roles pgscim never takes over, listed or not. */
  static Optional<String> obstacle(String name, Row row) {
    if (row.getBoolean("superuser")) {
      return Optional.of(name + " is a superuser; pgscim never manages one");
    }
    if (row.getBoolean("provider")) {
      return Optional.of(
          name + " is a member of the cloud provider's administrators; take it from them first");
    }
    Optional<String> reserved = RoleNames.reserved(name);
    if (reserved.isPresent()) {
      return reserved;
    }
    if (row.getBoolean("ours")) {
      return Optional.of(name + " is a role whose rights the applier itself works with");
    }
    if (row.getBoolean("taken")) {
      return Optional.of(name + " is managed already, as something else");
    }
    return row.getBoolean("administered")
        ? Optional.empty()
        : Optional.of(
            "the applier may not change "
                + name
                + ": have a superuser GRANT it TO the applier's login WITH ADMIN TRUE, INHERIT"
                + " FALSE, SET FALSE");
  }
}
