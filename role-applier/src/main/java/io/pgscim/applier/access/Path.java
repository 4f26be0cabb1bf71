package io.pgscim.applier.access;

import java.util.List;
import java.util.Objects;

/** Why a login has a privilege. Steps lead from the login to the role that has it. */
public sealed interface Path {

  List<Step> steps();

  /** A grant to the login, or to a role that it is a member of. */
  record Granted(String to, List<Step> steps) implements Path {
    public Granted {
      Objects.requireNonNull(to, "to");
      steps = List.copyOf(steps);
    }
  }

  /** The object's owner. */
  record Owner(String owner, List<Step> steps) implements Path {
    public Owner {
      Objects.requireNonNull(owner, "owner");
      steps = List.copyOf(steps);
    }
  }

  /** {@code pg_database_owner}, whose one member is the database's owner. */
  record DatabaseOwner(List<Step> steps) implements Path {
    public DatabaseOwner {
      steps = List.copyOf(steps);
    }
  }

  /** A grant to PUBLIC, be it PostgreSQL's default. */
  record Everybody(List<Step> steps) implements Path {
    public Everybody {
      steps = List.copyOf(steps);
    }
  }

  /** A role that PostgreSQL defines and that needs no grant, like {@code pg_read_all_data}. */
  record Predefined(String role, List<Step> steps) implements Path {
    public Predefined {
      Objects.requireNonNull(role, "role");
      steps = List.copyOf(steps);
    }
  }

  /** A superuser, whom nothing is refused. */
  record Superuser(String role, List<Step> steps) implements Path {
    public Superuser {
      Objects.requireNonNull(role, "role");
      steps = List.copyOf(steps);
    }
  }
}
