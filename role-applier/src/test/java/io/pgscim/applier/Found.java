package io.pgscim.applier;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the catalogs say of one world, and how that differs from the model. */
final class Found {
  /** One role of a person. */
  private record Role(
      boolean login,
      boolean attributes,
      int connections,
      Set<String> config,
      List<Membership> memberships) {}

  private record Membership(
      String role, boolean access, String grantor, boolean admin, boolean inherit, boolean set) {}

  private static final String ROLES =
      """
      SELECT rolname, rolcanlogin,
             rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls,
             rolconnlimit, coalesce(rolconfig, '{}')
      FROM pg_roles WHERE rolname LIKE '%%.%s' OR rolname LIKE '%%.%1$s~%%'\
      """;
  private static final String MEMBERSHIPS =
      """
      SELECT person.rolname, role.rolname, role.rolname LIKE '%%\\_%s', grantor.rolname,
             admin_option, inherit_option, set_option
      FROM pg_auth_members held JOIN pg_roles person ON person.oid = member
           JOIN pg_roles role ON role.oid = roleid
           JOIN pg_roles grantor ON grantor.oid = held.grantor
      WHERE person.rolname LIKE '%%.%1$s' OR person.rolname LIKE '%%.%1$s~%%'\
      """;
  private static final String PRIVILEGES =
      """
      SELECT rolname || ': ' || what || ' ' || acl.privilege_type
             || CASE WHEN acl.is_grantable THEN ' grantable' ELSE '' END
      FROM (
        SELECT 'database' AS what, datacl AS acls FROM pg_database WHERE datname = current_database()
        UNION ALL SELECT 'schema ' || nspname, nspacl FROM pg_namespace
        UNION ALL SELECT relkind::text || ' ' || relname, relacl FROM pg_class
        UNION ALL
        SELECT 'column ' || relname || '.' || attname, attacl
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        UNION ALL
        SELECT 'default ' || coalesce(nspname, '') || ' ' || defaclobjtype::text, defaclacl
        FROM pg_default_acl LEFT JOIN pg_namespace ON pg_namespace.oid = defaclnamespace
      ) objects, aclexplode(acls) acl JOIN pg_roles ON pg_roles.oid = acl.grantee
      WHERE rolname LIKE '%%\\_%s' AND NOT rolname LIKE 'owner%%'
      UNION ALL
      SELECT holder.rolname || ': member of ' || role.rolname
             || CASE WHEN admin_option THEN ' with admin' ELSE '' END
      FROM pg_auth_members JOIN pg_roles holder ON holder.oid = member
           JOIN pg_roles role ON role.oid = roleid
      WHERE holder.rolname LIKE '%%\\_%1$s' AND role.rolname LIKE '%%\\_%1$s'
      UNION ALL
      SELECT rolname || ': login' FROM pg_roles WHERE rolname LIKE '%%\\_%1$s' AND rolcanlogin\
      """;

  private final Map<String, Role> people = new TreeMap<>();
  final Set<String> privileges = new TreeSet<>();

  private Found() {}

  /** What is there now. */
  static Found in(World world) throws SQLException {
    var found = new Found();
    try (Connection connection = world.connect(world.app, "postgres");
        Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery(ROLES.formatted(world.tag))) {
        while (rows.next()) {
          found.people.put(
              rows.getString(1),
              new Role(
                  rows.getBoolean(2),
                  rows.getBoolean(3),
                  rows.getInt(4),
                  Set.of((String[]) rows.getArray(5).getArray()),
                  new ArrayList<>()));
        }
      }
      try (ResultSet rows = statement.executeQuery(MEMBERSHIPS.formatted(world.tag))) {
        while (rows.next()) {
          found
              .people
              .get(rows.getString(1))
              .memberships()
              .add(
                  new Membership(
                      rows.getString(2),
                      rows.getBoolean(3),
                      rows.getString(4),
                      rows.getBoolean(5),
                      rows.getBoolean(6),
                      rows.getBoolean(7)));
        }
      }
      try (ResultSet rows = statement.executeQuery(PRIVILEGES.formatted(world.tag))) {
        while (rows.next()) {
          found.privileges.add(rows.getString(1));
        }
      }
    }
    return found;
  }

  /** How the people of these histories differ from what they should be, by the history's number. */
  Map<Integer, List<String>> differences(
      Map<Integer, Map<String, Model.Login>> wanted, Variant policy) {
    Pattern history = Pattern.compile("\\.h([0-9]+)\\.");
    Map<Integer, List<String>> differences = new TreeMap<>();
    wanted.forEach(
        (number, logins) ->
            logins.forEach(
                (name, login) -> {
                  Role role = people.get(name);
                  if (role == null) {
                    differ(differences, number, name + " is missing");
                  } else if (!problems(role, login, policy).isEmpty()) {
                    differ(differences, number, name + " should have " + login + " and is " + role);
                  }
                }));
    people.forEach(
        (name, role) -> {
          Matcher of = history.matcher(name);
          if (!of.find()) {
            return;
          }
          int number = Integer.parseInt(of.group(1));
          if (!wanted.get(number).containsKey(name)
              && (role.login() || role.attributes() || !role.memberships().isEmpty())) {
            differ(differences, number, name + " should have nothing and is " + role);
          }
        });
    return differences;
  }

  private static void differ(Map<Integer, List<String>> differences, int number, String text) {
    differences.computeIfAbsent(number, n -> new ArrayList<>()).add(text);
  }

  private static List<String> problems(Role role, Model.Login wanted, Variant policy) {
    List<String> problems = new ArrayList<>();
    if (!role.login() || role.attributes() || role.connections() != policy.connections()) {
      problems.add("attributes");
    }
    Set<String> config = new TreeSet<>(Set.of("statement_timeout=" + policy.statementTimeout()));
    if (policy.lockTimeout() != null) {
      config.add("lock_timeout=" + policy.lockTimeout());
    }
    if (!role.config().equals(config)) {
      problems.add("settings");
    }
    Set<String> missing = new TreeSet<>(wanted.memberships().keySet());
    for (Membership held : role.memberships()) {
      if (!held.access()) {
        continue; // Somebody else's business.
      }
      Boolean inherit = wanted.memberships().get(held.role());
      if (inherit == null || held.admin()) {
        problems.add(held.role() + " too much");
      } else if (held.grantor().equals("pgscim_granter")
          && held.inherit() == inherit
          && held.set()) {
        missing.remove(held.role());
      }
    }
    problems.addAll(missing);
    return problems;
  }
}
