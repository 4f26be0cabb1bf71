package io.pgscim.applier.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Roles, memberships, owners and grants by chance, as statements: a schema {@code s} with a table
 * {@code t (a, b)}, a view {@code v}, a sequence {@code q} and a function {@code f(integer, text)}.
 */
final class RandomWorld {
  private static final int ROLES = 10;
  private static final List<String> PREDEFINED =
      List.of("pg_read_all_data", "pg_write_all_data", "pg_database_owner");

  private final Random random;
  private final List<String> statements = new ArrayList<>();

  private RandomWorld(long seed) {
    this.random = new Random(seed);
  }

  static String script(long seed, String database) {
    var world = new RandomWorld(seed);
    world.roles();
    world.memberships();
    world.objects(database);
    world.grants(database);
    return String.join(";\n", world.statements);
  }

  private void roles() {
    for (int i = 0; i < ROLES; i++) {
      say(
          "CREATE ROLE r%d%s%s%s",
          i,
          chance(0.6) ? " LOGIN" : "",
          chance(0.05) ? " SUPERUSER" : "",
          chance(0.15) ? " BYPASSRLS" : "");
    }
  }

  private void memberships() {
    for (int role = 0; role < ROLES; role++) {
      int administrator = -1;
      for (int member = role + 1; member < ROLES; member++) {
        if (chance(0.25)) {
          boolean admin = chance(0.3);
          String by = administrator > 0 && chance(0.5) ? " GRANTED BY r" + administrator : "";
          say("GRANT r%d TO r%d WITH %s, ADMIN %s%s", role, member, options(), admin, by);
          if (!by.isEmpty() && chance(0.5)) {
            say("GRANT r%d TO r%d WITH %s", role, member, options());
          }
          administrator = admin ? member : administrator;
        }
      }
    }
    for (String predefined : PREDEFINED.subList(0, 2)) {
      if (chance(0.3)) {
        say("GRANT %s TO %s WITH %s", predefined, someone(), options());
      }
    }
  }

  private void objects(String database) {
    say("CREATE SCHEMA s");
    say("CREATE TABLE s.t (a int, b int)");
    say("CREATE VIEW s.v AS SELECT 1 AS a");
    say("CREATE SEQUENCE s.q");
    say("CREATE FUNCTION s.f(int, text) RETURNS int LANGUAGE sql AS 'SELECT 1'");
    say("ALTER DATABASE %s OWNER TO %s", database, chance(0.7) ? someone() : "postgres");
    say("ALTER SCHEMA s OWNER TO %s", owner());
    for (String object :
        List.of("TABLE s.t", "VIEW s.v", "SEQUENCE s.q", "FUNCTION s.f(int, text)")) {
      say("ALTER %s OWNER TO %s", object, owner());
    }
    if (chance(0.5)) {
      say("ALTER TABLE s.t ENABLE ROW LEVEL SECURITY");
    }
    if (chance(0.3)) {
      say("ALTER TABLE s.t FORCE ROW LEVEL SECURITY");
    }
  }

  private void grants(String database) {
    if (chance(0.6)) {
      say("REVOKE ALL ON DATABASE %s FROM PUBLIC", database);
    }
    if (chance(0.5)) {
      say("REVOKE ALL ON FUNCTION s.f FROM PUBLIC");
    }
    some("DATABASE " + database, "CONNECT", "CREATE", "TEMPORARY");
    some("SCHEMA s", "USAGE", "CREATE");
    some(
        "s.t",
        "SELECT",
        "INSERT",
        "UPDATE",
        "DELETE",
        "TRUNCATE",
        "REFERENCES",
        "TRIGGER",
        "SELECT (a)",
        "SELECT (b)",
        "UPDATE (a)",
        "INSERT (b)");
    some("s.v", "SELECT", "UPDATE");
    some("SEQUENCE s.q", "USAGE", "SELECT", "UPDATE");
    some("FUNCTION s.f", "EXECUTE");
    if (chance(0.3)) {
      say(
          "DO $$BEGIN EXECUTE format('REVOKE SELECT ON s.t FROM %%I',"
              + " (SELECT relowner::regrole::text FROM pg_class WHERE oid = 's.t'::regclass)); END$$");
    }
  }

  private void some(String object, String... privileges) {
    for (String privilege : privileges) {
      for (int times = 0; times < 2; times++) {
        if (chance(0.35)) {
          String grantee = chance(0.1) ? "PUBLIC" : chance(0.1) ? "pg_database_owner" : someone();
          String more = !grantee.equals("PUBLIC") && chance(0.2) ? " WITH GRANT OPTION" : "";
          say("GRANT %s ON %s TO %s%s", privilege, object, grantee, more);
        }
      }
    }
  }

  private String owner() {
    return chance(0.15) ? "pg_database_owner" : chance(0.2) ? "postgres" : someone();
  }

  private String someone() {
    return "r" + random.nextInt(ROLES);
  }

  private String options() {
    return "INHERIT " + chance(0.6) + ", SET " + chance(0.6);
  }

  private boolean chance(double share) {
    return random.nextDouble() < share;
  }

  private void say(String statement, Object... parts) {
    statements.add(statement.formatted(parts));
  }
}
