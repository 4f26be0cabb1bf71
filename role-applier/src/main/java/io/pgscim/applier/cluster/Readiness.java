package io.pgscim.applier.cluster;

import io.pgscim.applier.plan.Memberships;
import io.pgscim.applier.plan.Revoker;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;

/** Whether a cluster is set up for the applier. */
public sealed interface Readiness {
  /** The role in whose name every membership is given. */
  String GRANTER = "pgscim_granter";

  /** Oldest major version where a membership can be given in a third role's name. */
  int OLDEST_MAJOR = 16;

  /** It is. */
  record Ready(Powers powers) implements Readiness {}

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
   * Looks. A superuser gets the granter made where it is missing; anybody else is told to have the
   * setup run.
   */
  static Readiness of(Session session) {
    Row found = session.ask(Sql.of(Readiness.class, "powers")).iterator().next();
    List<String> missing = new ArrayList<>();
    if (found.getInteger("major") < OLDEST_MAJOR) {
      missing.add(
          "PostgreSQL " + found.getInteger("major") + " is too old; " + OLDEST_MAJOR + " or newer");
      return new Lacking(missing);
    }
    if (found.getBoolean("standby")) {
      missing.add("the server is a standby; pgscim.cluster.url must lead to the primary");
    }
    if (!"UTF8".equals(found.getString("encoding"))) {
      missing.add("the home database has encoding " + found.getString("encoding") + ", not UTF8");
    }
    if (!found.getBoolean("superuser")) {
      missing.addAll(missingRights(found));
    }
    if (!missing.isEmpty()) {
      return new Lacking(missing);
    }
    if (!found.getBoolean("granter")) {
      session.run("CREATE ROLE " + GRANTER + " NOLOGIN NOINHERIT");
    }
    Revoker foreign =
        !found.getBoolean("superuser") && found.getBoolean("revoker")
            ? Revoker.FUNCTION
            : Revoker.LOGIN;
    return new Ready(new Powers(found.getBoolean("superuser"), new Memberships(GRANTER, foreign)));
  }

  private static List<String> missingRights(Row found) {
    List<String> missing = new ArrayList<>();
    String setup = "; have a superuser run deploy/postgres/applier.sql in the home database";
    if (!found.getBoolean("createrole")) {
      missing.add("the login " + found.getString("login") + " lacks CREATEROLE" + setup);
    }
    if (!found.getBoolean("granter")) {
      missing.add("the role " + GRANTER + " does not exist" + setup);
    } else if (!found.getBoolean("as_granter")) {
      missing.add(found.getString("login") + " may not SET ROLE " + GRANTER + setup);
    }
    if (!found.getBoolean("signals")) {
      missing.add(
          found.getString("login")
              + " is no member of pg_signal_backend, so it cannot end sessions"
              + setup);
    }
    if (!found.getBoolean("schema")) {
      missing.add(found.getString("login") + " cannot create tables in schema pgscim" + setup);
    }
    return missing;
  }
}
