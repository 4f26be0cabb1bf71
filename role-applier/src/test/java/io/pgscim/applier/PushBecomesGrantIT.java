package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.applier.plan.Dialect;
import io.pgscim.events.Envelope;
import io.pgscim.events.GroupState;
import io.pgscim.events.RoleChanged;
import io.pgscim.events.RoleChanged.Kind;
import io.pgscim.events.Topic;
import io.pgscim.events.UserState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("every-major")
class PushBecomesGrantIT {
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
  void aPersonInAGroupWorksWithTheData() throws Exception {
    world.start();
    UserState ada = world.user("ada@" + world.tag);
    GroupState readers = world.group("Readers-" + world.tag.toUpperCase());

    String txn = world.push(ada, readers, world.member(readers, ada, true));

    world.eventually("ada reads", () -> world.isMember(ada.userName(), world.reader));
    try (Connection session = world.connect(world.app, ada.userName());
        var statement = session.createStatement()) {
      assertThat(statement.execute("SELECT * FROM sales.orders")).isTrue();
      assertThat(statement.execute("SELECT id, country FROM crm.customers")).isTrue();
      assertThatThrownBy(() -> statement.execute("SELECT email FROM crm.customers"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> statement.execute("INSERT INTO sales.orders VALUES (2)"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
    }
    world.settled();
    List<Envelope> changes =
        world.events(Topic.ROLE_CHANGES).stream()
            .filter(e -> e.event() instanceof RoleChanged c && ada.id().equals(c.userId()))
            .toList();
    assertThat(changes)
        .extracting(e -> ((RoleChanged) e.event()).change().kind())
        .containsExactly(Kind.CREATE_ROLE, Kind.GRANT_MEMBERSHIP);
    assertThat(changes).allSatisfy(e -> assertThat(e.cause().txn()).isEqualTo(txn));
    assertThat(((RoleChanged) changes.get(1).event()).change())
        .satisfies(
            change -> {
              assertThat(change.object()).isEqualTo(world.reader);
              assertThat(change.description())
                  .isEqualTo("make " + ada.userName() + " a member of " + world.reader);
              assertThat(change.sql())
                  .isEqualTo(
                      "GRANT \""
                          + world.reader
                          + "\" TO \""
                          + ada.userName()
                          + "\""
                          + (Dialect.of(world.major()) == Dialect.OPTIONS
                              ? " WITH ADMIN FALSE, INHERIT TRUE, SET TRUE"
                              : "")
                          + " GRANTED BY \"pgscim_granter\"");
            });
  }
}
