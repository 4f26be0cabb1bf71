package io.pgscim.applier;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;

import io.pgscim.parts.embedded.EmbeddedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The service is told the address of a streaming standby, which then becomes the primary. */
@QuarkusTest
@QuarkusTestResource(value = StandbyServiceIT.Servers.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StandbyServiceIT {

  /** Started before Quarkus, and told to it by configuration alone. */
  public static final class Servers implements QuarkusTestResourceLifecycleManager {
    static EmbeddedParts.Pair pair;
    static World world;

    @Override
    public Map<String, String> start() {
      pair = EmbeddedParts.pair();
      try {
        world = new World(pair.primary());
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      return Map.of(
          "pgscim.cluster.url", pair.standby().url(world.home()),
          "pgscim.cluster.username", "pgscim_applier",
          "pgscim.policy.file", world.policyFile.toString(),
          "kafka.bootstrap.servers", world.kafka().get("bootstrap.servers").toString(),
          "quarkus.http.test-port", "0");
    }

    @Override
    public void stop() {
      try {
        world.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      } finally {
        pair.close();
      }
    }
  }

  @Test
  @Order(1)
  void aStandbyIsNamedAsOneAndNothingIsAnswered() {
    Servers.world.eventually(
        "it knows where it is", () -> readiness().contains("the server is a standby"));

    given()
        .get("/q/health/ready")
        .then()
        .statusCode(503)
        .body(containsString("pgscim.cluster.url must lead to the primary"));
    for (String question :
        new String[] {"?person=postgres", "?object=" + Servers.world.app, "/sensitive"}) {
      given()
          .get("/access" + question)
          .then()
          .statusCode(503)
          .body("detail", containsString("not set up (the server is a standby;"));
    }
    given().get("/plan").then().statusCode(503).body("detail", containsString("is a standby"));
  }

  @Test
  @Order(2)
  void aStandbyEndsSessionsAndRefusesRoles() throws SQLException {
    World world = Servers.world;
    world.run("CREATE ROLE guest_" + world.tag + " LOGIN");
    world.eventually("the standby knows the guest", () -> canConnect("guest_" + world.tag));
    try (Connection guest = standby("guest_" + world.tag);
        Connection applier = standby("pgscim_applier");
        Statement statement = applier.createStatement()) {
      assertThatThrownBy(() -> statement.execute("CREATE ROLE more_" + world.tag))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'guest_%s'"
              .formatted(world.tag));
      world.eventually("the session has ended", () -> !guest.isValid(1));
    }
  }

  @Test
  @Order(3)
  void oncePromotedItAnswersUntilItIsGone() throws SQLException {
    World world = Servers.world;
    try (Connection postgres = standby("postgres");
        Statement statement = postgres.createStatement()) {
      statement.execute("SELECT pg_promote()");
    }
    world.eventually("it writes", () -> given().get("/q/health/ready").statusCode() == 200);
    given()
        .get("/access?object=" + world.app + ".sales.orders")
        .then()
        .statusCode(200)
        .body("access.role", hasItem("postgres"));

    Servers.pair.standby().stop();

    given().get("/access?object=" + world.app + ".sales.orders").then().statusCode(503);
    world.eventually("it says so", () -> readiness().contains("\"connecting\""));
    given()
        .get("/access?person=postgres")
        .then()
        .statusCode(503)
        .body("detail", containsString("127.0.0.1:" + Servers.pair.standby().port()));
  }

  private static String readiness() {
    return given().get("/q/health/ready").asString();
  }

  private static boolean canConnect(String login) {
    try (Connection connection = standby(login)) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  private static Connection standby(String login) throws SQLException {
    return World.connect(Servers.pair.standby(), "postgres", login);
  }
}
