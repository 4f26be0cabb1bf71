package io.pgscim.applier.leavers;

import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.cluster.Sql;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a role leaves behind, by database.
 *
 * @param shares one for each database that knows the role; what belongs to no database, such as
 *     databases themselves, is in one without a name
 */
record Estate(List<Share> shares) {
  private static final String ESTATE = Sql.of(Estate.class, "estate");
  private static final String HEIR = Sql.of(Estate.class, "heir");

  /**
   * @param connectable the database takes connections
   * @param permitted the applier may connect
   * @param owned how many objects the role owns
   */
  record Share(String database, boolean connectable, boolean permitted, int owned) {}

  static Estate of(Session home, Leaving leaving) {
    List<Share> shares = new ArrayList<>();
    for (Row row : home.ask(ESTATE, leaving.roleOid())) {
      shares.add(
          new Share(
              row.getString("database"),
              row.getBoolean("connectable"),
              row.getBoolean("permitted"),
              row.getInteger("owned")));
    }
    return new Estate(List.copyOf(shares));
  }

  /** The name of the home database. */
  static String here(Session home) {
    return home.ask("SELECT current_database()").iterator().next().getString(0);
  }

  /**
   * The databases to go to, each with the number of objects owned there. What belongs to none is
   * dealt with in any.
   */
  List<Share> places(String home) {
    List<Share> places =
        new ArrayList<>(shares.stream().filter(s -> !s.database().isEmpty()).toList());
    if (places.isEmpty() && !shares.isEmpty()) {
      places.add(new Share(home, true, true, 0));
    }
    return places;
  }

  /** Why the role cannot be emptied; nothing when it can. */
  List<String> obstacles(Session home, Optional<String> heir) {
    List<String> obstacles = new ArrayList<>();
    for (Share share : shares) {
      if (!share.connectable() || !share.permitted()) {
        obstacles.add(
            "database "
                + share.database()
                + " holds privileges or objects of it and "
                + (share.connectable()
                    ? "cannot be connected to: GRANT CONNECT ON DATABASE to the applier's login"
                    : "takes no connections (datallowconn)"));
      }
      if (share.owned() > 0 && heir.isEmpty()) {
        obstacles.add(
            "it owns "
                + share.owned()
                + (share.owned() == 1 ? " object" : " objects")
                + (share.database().isEmpty() ? "" : " in database " + share.database())
                + ", which objects: keep leaves with it; drop them, give them to somebody, or let"
                + " the policy say objects: { reassign_to: … }");
      }
    }
    if (shares.stream().anyMatch(share -> share.owned() > 0)) {
      heir.ifPresent(name -> obstacles.addAll(unfit(home, name)));
    }
    return obstacles;
  }

  /**
   * Whoever calls a leaver's SECURITY DEFINER function acts as its owner: that must be nobody who
   * has anything.
   */
  private static List<String> unfit(Session home, String heir) {
    RowSet<Row> found = home.ask(HEIR, heir);
    if (!found.iterator().hasNext()) {
      return List.of("the role " + heir + " that is to have its objects does not exist");
    }
    Row row = found.iterator().next();
    List<String> faults = new ArrayList<>();
    if (row.getBoolean("can_login")) {
      faults.add("may log in");
    }
    if (row.getBoolean("attributes")) {
      faults.add("has attributes such as CREATEROLE");
    }
    if (row.getBoolean("member")) {
      faults.add("is a member of other roles");
    }
    if (row.getBoolean("privileges")) {
      faults.add("has privileges on what others own");
    }
    List<String> unfit = new ArrayList<>();
    if (!faults.isEmpty()) {
      unfit.add(
          "its objects may only go to a role that nobody logs in as and that has nothing else, for"
              + " its functions then run as that role, but "
              + heir
              + " "
              + String.join(" and ", faults));
    }
    if (!row.getBoolean("permitted")) {
      unfit.add(
          row.getString("login")
              + " may not give objects to "
              + heir
              + ": GRANT "
              + heir
              + " TO "
              + row.getString("login")
              + " WITH INHERIT TRUE, SET TRUE");
    }
    return unfit;
  }
}
