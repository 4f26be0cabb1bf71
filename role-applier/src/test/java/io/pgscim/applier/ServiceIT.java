package io.pgscim.applier;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.pgscim.events.GroupState;
import io.pgscim.events.RoleChanged;
import io.pgscim.events.UserState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The service as Quarkus runs it: configuration, health, the outgoing channel, the plan. */
@QuarkusTest
@QuarkusTestResource(ServiceIT.RealWorld.class)
class ServiceIT {

  /** Started before Quarkus, and told to it by configuration alone. */
  public static final class RealWorld implements QuarkusTestResourceLifecycleManager {
    static World world;

    @Override
    public Map<String, String> start() {
      try {
        world = new World();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      return Map.of(
          "pgscim.cluster.url", world.url(),
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
      }
    }
  }

  @Test
  void servesReadinessAndPlanAndSendsEvents() {
    World world = RealWorld.world;
    world.eventually("ready", () -> given().get("/q/health/ready").statusCode() == 200);
    given()
        .get("/q/health/ready")
        .then()
        .body("checks.find { it.name == 'role-applier' }.data.state", equalTo("writing"));

    UserState ada = world.user("ada." + world.tag);
    GroupState readers = world.group("readers-" + world.tag);
    world.push(ada, readers, world.member(readers, ada, true));
    world.settled();
    Assertions.assertThat(world.events(RoleChanged.class))
        .anyMatch(c -> ada.id().equals(c.userId()));
    given()
        .get("/plan")
        .then()
        .statusCode(200)
        .body("changes", hasSize(0))
        .body("complete", is(true));

    world.run("ALTER ROLE \"" + ada.userName() + "\" CONNECTION LIMIT 3");
    world.in(world.app, "REVOKE SELECT ON sales.orders FROM " + world.reader);
    given()
        .get("/plan")
        .then()
        .body("cluster", equalTo(world.tag))
        .body("changes.sql", hasItem("ALTER ROLE \"" + ada.userName() + "\" CONNECTION LIMIT -1"))
        .body("changes.userId", hasItem(ada.id()))
        .body(
            "changes.description",
            hasItem("grant SELECT on table " + world.app + ".sales.orders to " + world.reader))
        .body("changes", hasSize(2));
    given().get("/plan").then().body("changes", hasSize(2));
  }
}
