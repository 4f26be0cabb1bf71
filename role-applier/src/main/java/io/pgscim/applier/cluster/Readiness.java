package io.pgscim.applier.cluster;

import io.pgscim.applier.plan.Dialect;
import io.pgscim.applier.plan.Hands;
import io.pgscim.applier.plan.Memberships;
import io.pgscim.applier.plan.Revoker;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a cluster is set up for the applier. */
public sealed interface Readiness {
  /** The role in whose name every membership is given. */
  String GRANTER = "pgscim_granter";

  /** Oldest major version that is served. */
  int OLDEST_MAJOR = 14;

  /**
   * It is.
   *
   * @param remarks what is not as it should be and keeps nothing from working
   */
  record Ready(Powers powers, List<String> remarks) implements Readiness {
    public Ready {
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * It is not.
   *
   * @param missing each a sentence that says what to do
   */
  record Lacking(List<String> missing) implements Readiness {
    public Lacking {
      missing = List.copyOf(missing);
    }
  }

  /**
   * Looks, and names everything that is missing at once. A superuser gets the granter made where it
   * is missing; anybody else is told to have the setup run.
   *
   * @param configured the flavour; empty = to be told by the provider's roles
   */
  static Readiness of(Session session, Optional<Flavour> configured) {
    Row found = session.ask(Sql.of(Readiness.class, "powers")).iterator().next();
    Flavour flavour = configured.orElse(Flavour.markedBy(found.getString("marker")));
    List<String> missing = missing(found, flavour);
    if (!missing.isEmpty()) {
      return new Lacking(missing);
    }
    boolean superuser = found.getBoolean("superuser");
    if (!found.getBoolean("granter")) {
      session.run("CREATE ROLE " + GRANTER + " NOLOGIN NOINHERIT");
    }
    Revoker foreign = !superuser && found.getBoolean("revoker") ? Revoker.FUNCTION : Revoker.LOGIN;
    Hands hands = !superuser && found.getBoolean("functions") ? Hands.FUNCTIONS : Hands.STATEMENTS;
    Dialect dialect = Dialect.of(found.getInteger("major"));
    return new Ready(
        new Powers(superuser, new Memberships(GRANTER, foreign, dialect, hands)),
        remarks(found, flavour));
  }

  private static List<String> missing(Row found, Flavour flavour) {
    List<String> missing = new ArrayList<>();
    int major = found.getInteger("major");
    if (major < OLDEST_MAJOR) {
      missing.add("PostgreSQL " + major + " is too old, " + OLDEST_MAJOR + " or newer is needed");
    }
    if (found.getBoolean("standby")) {
      missing.add("the server is a standby; pgscim.cluster.url must lead to the primary");
    }
    if (!"UTF8".equals(found.getString("encoding"))) {
      missing.add("the home database has encoding " + found.getString("encoding") + ", not UTF8");
    }
    if (!found.getBoolean("superuser")) {
      if (Dialect.of(major) == Dialect.PLAIN) {
        missing.add(
            "before PostgreSQL "
                + Dialect.OPTIONS_SINCE
                + " a login with CREATEROLE is close to a superuser, and nothing less than a"
                + " superuser can do this; "
                + found.getString("login")
                + " is none");
      } else {
        missing.addAll(missingRights(found, setup(flavour)));
      }
    }
    return missing;
  }

  private static List<String> missingRights(Row found, String setup) {
    List<String> missing = new ArrayList<>();
    String login = found.getString("login");
    if (!found.getBoolean("createrole")) {
      missing.add("the login " + login + " lacks CREATEROLE" + setup);
    }
    if (!found.getBoolean("granter")) {
      missing.add("the role " + GRANTER + " does not exist" + setup);
    } else if (!found.getBoolean("as_granter")) {
      missing.add(login + " may not SET ROLE " + GRANTER + setup);
    }
    if (!found.getBoolean("signals")) {
      missing.add(login + " is no member of pg_signal_backend, so it cannot end sessions" + setup);
    }
    if (!found.getBoolean("schema")) {
      missing.add(login + " cannot create tables in schema pgscim" + setup);
    }
    return missing;
  }

  private static List<String> remarks(Row found, Flavour flavour) {
    List<String> remarks = new ArrayList<>();
    if (Dialect.of(found.getInteger("major")) == Dialect.PLAIN) {
      remarks.add(
          found.getString("login")
              + " is a superuser, as it has to be before PostgreSQL "
              + Dialect.OPTIONS_SINCE
              + ": keep its password as you keep that of postgres, and upgrade");
    } else if (found.getBoolean("superuser")) {
      remarks.add(
          found.getString("login")
              + " is a superuser; the login of deploy/postgres/applier.sql needs far less");
    } else if (!found.getBoolean("revoker")) {
      remarks.add(
          "memberships that others gave cannot be ended: pgscim_admin.revoke_membership is missing"
              + setup(flavour));
    }
    if (!found.getBoolean("superuser") && !found.getBoolean("functions")) {
      remarks.add(
          "with thousands of people each change takes milliseconds more than it must, for the"
              + " functions of pgscim_admin are missing or not a superuser's"
              + setup(flavour));
    }
    if (found.getBoolean("granter_powers")) {
      remarks.add(GRANTER + " may log in or has attributes; it should have neither");
    }
    return remarks;
  }

  private static String setup(Flavour flavour) {
    return "; have "
        + flavour.administrator
        + " run deploy/postgres/applier.sql in the home database";
  }
}
