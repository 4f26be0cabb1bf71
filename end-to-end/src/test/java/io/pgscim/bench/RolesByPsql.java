package io.pgscim.bench;

import io.pgscim.endtoend.Stack;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Login roles and their memberships by psql, in one transaction, in the name that role-applier logs
 * in with, or in a superuser's.
 *
 * @param stem what the roles' names begin with
 */
record RolesByPsql(Stack stack, String stem) {
  private static final String SUPERUSER = "postgres";
  private static final int AT_ONCE = 500;

  /** How psql says it. */
  enum Words {
    /** CREATE ROLE and GRANT, by the same login, the memberships in the granter's name. */
    STATEMENTS("pgscim_applier"),
    /** The same by a superuser, whom PostgreSQL asks nothing. */
    SUPERUSERS_STATEMENTS(SUPERUSER),
    /**
     * Calls of the functions of {@code deploy/postgres/applier.sql}, as role-applier makes them.
     */
    FUNCTIONS("pgscim_applier");

    private final String user;

    Words(String user) {
      this.user = user;
    }
  }

  /**
   * How long making them takes; they go afterwards.
   *
   * @param held the access roles that a person becomes a member of
   */
  Duration makeAndDrop(Words words, int people, IntFunction<List<String>> held)
      throws IOException, InterruptedException {
    Map<String, List<String>> members = new TreeMap<>();
    for (int i = 0; i < people; i++) {
      for (String access : held.apply(i)) {
        members.computeIfAbsent(access, any -> new ArrayList<>()).add(name(i));
      }
    }
    List<String> names = IntStream.range(0, people).mapToObj(this::name).toList();
    int port = stack.cluster().port();
    Duration took =
        new Psql(port, words.user)
            .inOneTransaction(
                "pgscim",
                words == Words.FUNCTIONS ? calls(names, members) : statements(names, members));
    new Psql(port, SUPERUSER)
        .inOneTransaction("pgscim", each(names, name -> "DROP ROLE \"%s\";%n".formatted(name)));
    return took;
  }

  private static String statements(List<String> names, Map<String, List<String>> members) {
    StringBuilder make = new StringBuilder();
    make.append(
        each(names, name -> "CREATE ROLE \"%s\" LOGIN CONNECTION LIMIT -1;%n".formatted(name)));
    make.append("SET LOCAL ROLE pgscim_granter;\n");
    members.forEach(
        (access, all) ->
            make.append(each(all, name -> "GRANT %s TO \"%s\";%n".formatted(access, name))));
    return make.toString();
  }

  private static String calls(List<String> names, Map<String, List<String>> members) {
    StringBuilder make = new StringBuilder();
    for (List<String> roles : parts(names)) {
      make.append(
          "SELECT pgscim_admin.create_logins(%s, array_fill(-1, ARRAY[%d]));%n"
              .formatted(array(roles), roles.size()));
    }
    members.forEach(
        (access, all) ->
            parts(all)
                .forEach(
                    roles ->
                        make.append(
                            "SELECT pgscim_admin.give_membership('%s', %s, true, true);%n"
                                .formatted(access, array(roles)))));
    return make.toString();
  }

  private static String each(List<String> names, UnaryOperator<String> statement) {
    return names.stream().map(statement).collect(Collectors.joining());
  }

  private String name(int person) {
    return stem + "-" + person;
  }

  private static List<List<String>> parts(List<String> all) {
    return IntStream.iterate(0, from -> from < all.size(), from -> from + AT_ONCE)
        .mapToObj(from -> all.subList(from, Math.min(from + AT_ONCE, all.size())))
        .toList();
  }

  private static String array(List<String> roles) {
    return roles.stream()
        .map(role -> "'" + role + "'")
        .collect(Collectors.joining(", ", "ARRAY[", "]"));
  }
}
