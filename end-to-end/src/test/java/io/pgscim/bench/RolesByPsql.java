package io.pgscim.bench;

import io.pgscim.endtoend.Stack;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What role-applier sends to make login roles and give them their memberships, by psql in one
 * transaction, in the same login's name: calls of the functions of {@code
 * deploy/postgres/applier.sql}.
 *
 * @param stem what the roles' names begin with
 */
record RolesByPsql(Stack stack, String stem) {
  private static final String APPLIER = "pgscim_applier";
  private static final int AT_ONCE = 500;

  /**
   * How long making them takes; they go afterwards.
   *
   * @param held the access roles that a person becomes a member of
   */
  Duration makeAndDrop(int people, IntFunction<List<String>> held)
      throws IOException, InterruptedException {
    StringBuilder make = new StringBuilder();
    for (List<String> roles : parts(IntStream.range(0, people).mapToObj(this::name).toList())) {
      make.append(
          "SELECT pgscim_admin.create_logins(%s, array_fill(-1, ARRAY[%d]));%n"
              .formatted(array(roles), roles.size()));
    }
    Map<String, List<String>> members = new TreeMap<>();
    for (int i = 0; i < people; i++) {
      for (String access : held.apply(i)) {
        members.computeIfAbsent(access, any -> new ArrayList<>()).add(name(i));
      }
    }
    members.forEach(
        (access, all) ->
            parts(all)
                .forEach(
                    roles ->
                        make.append(
                            "SELECT pgscim_admin.give_membership('%s', %s, true, true);%n"
                                .formatted(access, array(roles)))));
    int port = stack.cluster().port();
    Duration took = new Psql(port, APPLIER).inOneTransaction("pgscim", make.toString());
    new Psql(port, "postgres")
        .inOneTransaction(
            "pgscim",
            IntStream.range(0, people)
                .mapToObj(i -> "DROP ROLE \"%s\";%n".formatted(name(i)))
                .collect(Collectors.joining()));
    return took;
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
