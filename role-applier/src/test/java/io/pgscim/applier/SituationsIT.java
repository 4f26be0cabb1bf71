package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.current.Catalog;
import io.pgscim.applier.current.Situation;
import io.pgscim.events.GroupState;
import io.pgscim.events.UserState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("every-major")
class SituationsIT {
  private World world;

  @BeforeEach
  void begin() throws Exception {
    world = new World();
  }

  @AfterEach
  void end() throws Exception {
    world.close();
  }

  @Test
  void manyAreToldLikeEachAlone() {
    world.policy(
        world
            .usualPolicy()
            .replace(
                "name: '{userName}'\n",
                "name: '{userName}'\n  settings: { statement_timeout: 5min }\n"
                    + "  in_database: { "
                    + world.app
                    + ": { work_mem: 8MB } }\n"));
    RoleApplier applier = world.start();
    GroupState odd = world.group("readers-\"}\\ü " + world.tag);
    GroupState readers = world.group("readers-" + world.tag);
    GroupState writers = world.group("writers-" + world.tag);
    List<UserState> people =
        IntStream.range(0, 120).mapToObj(i -> world.user("p" + i + "." + world.tag)).toList();
    world.pushAll(people);
    world.push(odd, readers, writers);
    world.pushAll(people.stream().map(p -> world.member(readers, p, true)).toList());
    world.pushAll(people.subList(0, 70).stream().map(p -> world.member(odd, p, true)).toList());
    world.pushAll(people.subList(0, 50).stream().map(p -> world.member(writers, p, true)).toList());
    world.pushAll(people.subList(0, 9).stream().map(p -> world.member(writers, p, false)).toList());
    world.push(World.gone(people.get(119)), world.user(people.get(118).id(), "pg_bad", true));
    world.settled();
    world.run("GRANT pg_read_all_data TO \"" + people.get(3).userName() + "\" WITH ADMIN OPTION");
    world.run("ALTER ROLE \"" + people.get(4).userName() + "\" CREATEROLE NOLOGIN");
    world.run("DROP ROLE \"" + people.get(5).userName() + "\"");
    List<String> ids = new ArrayList<>(people.stream().map(UserState::id).sorted().toList());
    ids.add("nobody"); // after all the others in every collation

    List<Situation> together = ask(applier, ids);
    List<Situation> alone = ids.stream().flatMap(id -> ask(applier, List.of(id)).stream()).toList();

    assertThat(together).hasSize(121).isEqualTo(alone);
    assertThat(together).anyMatch(one -> !one.refusals().isEmpty());
    assertThat(together).anyMatch(one -> !one.left().isEmpty());
    assertThat(together)
        .anyMatch(one -> one.role().map(role -> role.settings().size() == 2).orElse(false));
  }

  @Test
  void partsAreTheWhole() {
    world.policy(world.usualPolicy());
    RoleApplier applier = world.start();
    UserState person = world.user("ada." + world.tag);
    world.push(person);
    world.settled();
    List<String> ids =
        Stream.concat(
                Stream.of(person.id()), IntStream.range(0, 6000).mapToObj("nobody-%04d"::formatted))
            .sorted()
            .toList();

    List<Situation> parts = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    applier.ask(
        session -> {
          try (var transaction = session.begin()) {
            Catalog.readSituations(
                transaction,
                ids,
                some -> {
                  sizes.add(some.size());
                  parts.addAll(some);
                });
            return null;
          }
        });

    assertThat(sizes).containsExactly(2500, 2500, 1001);
    assertThat(parts).isEqualTo(ask(applier, ids));
  }

  private static List<Situation> ask(RoleApplier applier, List<String> ids) {
    return applier.ask(
        session -> {
          try (var transaction = session.begin()) {
            return Catalog.situations(transaction, ids);
          }
        });
  }
}
