package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.RoleChangeRefused;
import io.pgscim.events.UserState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("every-major")
class NamesIT {
  private World world;

  @BeforeEach
  void begin() throws Exception {
    world = new World();
    world.start();
  }

  @AfterEach
  void end() throws Exception {
    world.close();
  }

  @Test
  void everyNameBecomesARoleOfItsOwn() {
    String stem = world.tag + "-" + "n".repeat(70);
    List<UserState> people = new ArrayList<>();
    for (String name :
        List.of(
            "x".repeat(200 - world.tag.length()) + world.tag,
            "o'neill \"the duck\" 🦆; -- " + world.tag,
            "\"; DROP ROLE postgres; SELECT '" + world.tag,
            "Case@" + world.tag,
            "case@" + world.tag,
            stem + "a",
            stem + "b",
            "é".repeat(31) + world.tag,
            "$user " + world.tag + "\\",
            " leading and trailing " + world.tag + " ")) {
      people.add(world.user(name));
    }
    var group = world.group("readers-" + world.tag);
    world.push(group);
    for (UserState person : people) {
      world.push(person, world.member(group, person, true));
    }
    world.settled();

    List<String> roles = roles();
    assertThat(roles).hasSize(people.size()).doesNotHaveDuplicates();
    assertThat(roles).contains(people.get(1).userName(), people.get(2).userName());
    for (String role : roles) {
      assertThat(world.isMember(role, world.reader)).as(role).isTrue();
    }
    assertThat(world.events(RoleChangeRefused.class)).isEmpty();
    assertThat(world.exists("postgres")).isTrue();
  }

  @Test
  void aNameThatNobodyMayHaveIsRefusedOnce() {
    UserState reserved = world.user("pg_" + world.tag);
    UserState unmanaged = world.user("dba_" + world.tag);
    world.run("CREATE ROLE dba_" + world.tag + " LOGIN CONNECTION LIMIT 3");
    world.push(reserved, unmanaged);
    world.settled();
    world.push(world.user(unmanaged.id(), unmanaged.userName(), true));
    world.settled();

    assertThat(world.events(RoleChangeRefused.class))
        .extracting(RoleChangeRefused::userId, RoleChangeRefused::role)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(reserved.id(), reserved.userName()),
            org.assertj.core.groups.Tuple.tuple(unmanaged.id(), unmanaged.userName()));
    assertThat(roles()).isEmpty();
    assertThat(
            world.ask(
                "postgres",
                "SELECT rolconnlimit::text FROM pg_roles WHERE rolname = ?",
                unmanaged.userName()))
        .containsExactly("3");
  }

  @Test
  void aNewNameRenamesTheRoleAndAFreedNameGoesToWhoWaited() {
    UserState ada = world.user("ada." + world.tag);
    UserState other = world.user("ada." + world.tag);
    world.push(ada);
    world.settled();
    world.push(other);
    world.settled();
    assertThat(world.events(RoleChangeRefused.class)).hasSize(1);

    world.push(world.user(ada.id(), "ada.king." + world.tag, true));

    world.eventually(
        "both have their roles",
        () -> world.exists("ada.king." + world.tag) && world.exists("ada." + world.tag));
    assertThat(userOf("ada.king." + world.tag)).isEqualTo(ada.id());
    assertThat(userOf("ada." + world.tag)).isEqualTo(other.id());
  }

  @Test
  void aSuccessorOfSomebodyDeletedGetsTheNameButNotTheRole() {
    UserState first = world.user("sam." + world.tag);
    world.push(first);
    world.settled();
    String oid = oid("sam." + world.tag);
    world.push(World.gone(first));
    world.settled();

    UserState second = world.user("sam." + world.tag);
    world.push(second);
    world.settled();

    assertThat(userOf("sam." + world.tag)).isEqualTo(second.id());
    assertThat(oid("sam." + world.tag)).isNotEqualTo(oid);
    assertThat(world.canLogin("sam." + world.tag)).isTrue();
    assertThat(
            world.ask(
                "postgres",
                "SELECT rolname || ' ' || rolcanlogin FROM pg_roles WHERE oid = ?::oid",
                oid))
        .singleElement()
        .satisfies(role -> assertThat(role).matches("sam\\." + world.tag + "~[0-9a-f]{10} false"));
  }

  private List<String> roles() {
    return world.ask(
        world.home(),
        "SELECT rolname FROM pg_roles JOIN pgscim.managed_role ON role_oid = oid"
            + " WHERE user_id IS NOT NULL");
  }

  private String userOf(String role) {
    return world
        .ask(
            world.home(),
            "SELECT user_id FROM pgscim.managed_role JOIN pg_roles ON oid = role_oid"
                + " WHERE rolname = ?",
            role)
        .getFirst();
  }

  private String oid(String role) {
    return world
        .ask("postgres", "SELECT oid::text FROM pg_roles WHERE rolname = ?", role)
        .getFirst();
  }
}
