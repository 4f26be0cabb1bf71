package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.DeadLettered;
import io.pgscim.events.GroupState;
import io.pgscim.events.RoleChanged;
import io.pgscim.events.Topic;
import io.pgscim.events.UserState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("every-major")
class SameAgainIT {
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
  void replayingTheTopicChangesNothingAndSaysNothing() {
    world.start();
    story();
    world.settled();
    List<String> roles = catalog();
    int events = everyEvent();

    world.replay();

    assertThat(catalog()).isEqualTo(roles);
    assertThat(everyEvent()).isEqualTo(events);
  }

  @Test
  void startingAgainChangesNothingAndSaysNothing() {
    world.start();
    story();
    world.settled();
    List<String> roles = catalog();
    int events = everyEvent();

    world.stopAll();
    world.start();
    world.settled();

    assertThat(catalog()).isEqualTo(roles);
    assertThat(everyEvent()).isEqualTo(events);
  }

  @Test
  void aLateAndOldStateIsIgnored() {
    world.start();
    UserState old = world.user("old." + world.tag);
    UserState now = world.user(old.id(), "now." + world.tag, true);
    world.push(now);
    world.settled();

    world.push(old);
    world.settled();

    assertThat(world.exists("now." + world.tag)).isTrue();
    assertThat(world.exists("old." + world.tag)).isFalse();
  }

  @Test
  void aRecordThatCannotBeReadIsSetAsideOnceAndTheRestGoesOn() {
    world.start();
    UserState ada = world.user("ada." + world.tag);
    world.pushRaw("user/broken", "{ not JSON " + world.tag);
    world.push(ada);
    world.settled();

    assertThat(world.exists(ada.userName())).isTrue();
    assertThat(deadLetters()).isEqualTo(1);
    assertThat(mine()).isEqualTo(1);

    world.stopAll();
    world.in(world.home(), "DELETE FROM pgscim.ledger_position");
    world.start();
    world.settled();

    assertThat(deadLetters()).isEqualTo(1);
    assertThat(mine()).isEqualTo(1);
  }

  /** A person comes, joins, writes, leaves; another stays; a third has a name nobody may have. */
  private void story() {
    UserState ada = world.user("ada." + world.tag);
    UserState bob = world.user("bob." + world.tag);
    GroupState readers = world.group("readers-" + world.tag);
    GroupState writers = world.group("writers-" + world.tag);
    world.push(readers, writers, ada, bob, world.user("pg_" + world.tag));
    world.push(world.member(readers, ada, true), world.member(writers, bob, true));
    world.push(world.member(writers, ada, true));
    world.settled();
    world.push(world.member(writers, ada, false));
    world.push(world.user(ada.id(), ada.userName(), false));
  }

  private int everyEvent() {
    return world.events(Topic.ROLE_CHANGES, Topic.SECURITY_EVENTS).size();
  }

  /** Everything about the roles of this world, with the transaction that last touched each row. */
  private List<String> catalog() {
    List<String> rows =
        world.ask(
            "postgres",
            "SELECT rolname || ' ' || rolcanlogin || ' ' || oid || ' ' || xmin::text FROM pg_authid"
                + " WHERE rolname LIKE '%' || ? || '%' ORDER BY 1",
            world.tag);
    rows.addAll(
        world.ask(
            "postgres",
            "SELECT roleid::regrole || ' ' || member::regrole || ' ' || grantor::regrole || ' ' ||"
                + " pg_auth_members.xmin::text FROM pg_auth_members JOIN pg_roles ON pg_roles.oid ="
                + " member WHERE rolname LIKE '%' || ? || '%' ORDER BY 1",
            world.tag));
    assertThat(rows).isNotEmpty();
    return rows;
  }

  private long deadLetters() {
    return world.events(DeadLettered.class).stream()
        .filter(e -> e.reporter().equals("role-applier/" + world.tag))
        .count();
  }

  private long mine() {
    return world.records(Topic.DEAD_LETTER).stream()
        .filter(
            record ->
                new String(record.value(), StandardCharsets.UTF_8).contains(world.tag)
                    && world.header(record, "dead-letter-reporter").endsWith("/" + world.tag))
        .count();
  }

  @Test
  void aChangeThatComesWithItsOppositeIsNoChange() {
    RoleApplier applier = world.start();
    UserState ada = world.user("ada." + world.tag);
    GroupState readers = world.group("readers-" + world.tag);
    world.push(ada, readers);
    world.settled();
    int before = world.events(RoleChanged.class).size();
    world.stop(applier);
    world.push(world.member(readers, ada, true), world.member(readers, ada, false));

    world.start();
    world.settled();

    assertThat(world.events(RoleChanged.class)).hasSize(before);
  }
}
