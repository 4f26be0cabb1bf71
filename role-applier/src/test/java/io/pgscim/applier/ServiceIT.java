package io.pgscim.applier;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.pgscim.applier.command.Command;
import io.pgscim.applier.digest.Sha256;
import io.pgscim.events.AuthenticationFailed;
import io.pgscim.events.GroupState;
import io.pgscim.events.HoldDecided;
import io.pgscim.events.RoleChanged;
import io.pgscim.events.Topic;
import io.pgscim.events.UserState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The service as Quarkus runs it: configuration, health, the outgoing channel, the plan. */
@QuarkusTest
@QuarkusTestResource(value = ServiceIT.RealWorld.class, restrictToAnnotatedClass = true)
class ServiceIT {
  private static final String TOKEN = "alice-holds-this";

  /** Started before Quarkus, and told to it by configuration alone. */
  public static final class RealWorld implements QuarkusTestResourceLifecycleManager {
    static World world;

    @Override
    public Map<String, String> start() {
      try {
        world = new World();
        world.policy(
            world.limitedPolicy("20%", 2)
                + "sensitive: [{ database: %s, table: crm.customers }, { database: %s, table: sales.orders }]\n"
                    .formatted(world.app, world.app));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      return Map.of(
          "pgscim.cluster.url", world.url(),
          "pgscim.cluster.username", "pgscim_applier",
          "pgscim.policy.file", world.policyFile.toString(),
          "pgscim.admin.token-sha256.alice", Sha256.of(TOKEN),
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
    given().get("/plan").then().statusCode(401).header("WWW-Authenticate", startsWith("Bearer"));
    alice()
        .get("/plan")
        .then()
        .statusCode(200)
        .body("changes", hasSize(0))
        .body("complete", is(true));

    world.run("ALTER ROLE \"" + ada.userName() + "\" CONNECTION LIMIT 3");
    world.in(world.app, "REVOKE SELECT ON sales.orders FROM " + world.reader);
    alice()
        .get("/plan")
        .then()
        .body("cluster", equalTo(world.tag))
        .body("changes.sql", hasItem("ALTER ROLE \"" + ada.userName() + "\" CONNECTION LIMIT -1"))
        .body("changes.userId", hasItem(ada.id()))
        .body(
            "changes.description",
            hasItem("grant SELECT on table " + world.app + ".sales.orders to " + world.reader))
        .body("changes", hasSize(2));
    alice().get("/plan").then().body("changes", hasSize(2));
    world.run("ALTER ROLE \"" + ada.userName() + "\" CONNECTION LIMIT -1");
    world.in(world.app, "GRANT SELECT ON sales.orders TO " + world.reader);
    alice().get("/plan").then().body("changes", hasSize(0));
  }

  @Test
  void aHoldIsReadApprovedAndRejectedOverHttpAndByTheCommand() {
    World world = RealWorld.world;
    GroupState writers = world.group("writers-" + world.tag);
    List<UserState> people =
        IntStream.range(0, 9).mapToObj(i -> world.user("w" + i + "." + world.tag)).toList();
    world.push(writers);
    world.pushAll(people);
    world.pushAll(people.stream().map(p -> world.member(writers, p, true)).toList());
    world.eventually("all write", () -> world.members(world.writer) == 9);
    world.pushAll(people.subList(0, 6).stream().map(p -> world.member(writers, p, false)).toList());
    world.eventually("held", () -> world.holds().size() == 1);
    String digest = world.holds().getFirst();

    alice()
        .get("/holds")
        .then()
        .statusCode(200)
        .body("holds[0].digest", equalTo(digest))
        .body("holds[0].state", equalTo("held"))
        .body("holds[0].people", equalTo(6));
    String next =
        alice()
            .get("/holds/" + digest + "?limit=4")
            .then()
            .body("plan", hasSize(4))
            .body("plan[0].changes[0].sql", startsWith("REVOKE \"" + world.writer + "\" FROM"))
            .extract()
            .path("next");
    alice()
        .get("/holds/" + digest + "?limit=4&after=" + next)
        .then()
        .body("plan", hasSize(2))
        .body("next", equalTo(null));
    given()
        .contentType("application/json")
        .body("{\"reason\":\"meant\"}")
        .post("/holds/" + digest + "/approve")
        .then()
        .statusCode(401);
    world.eventually(
        "told",
        () ->
            world.events(AuthenticationFailed.class).stream()
                .anyMatch(f -> f.reason().equals("missing")));
    alice()
        .contentType("application/json")
        .body("{}")
        .post("/holds/" + digest + "/approve")
        .then()
        .statusCode(400)
        .body("detail", containsString("say why"));
    alice()
        .contentType("application/json")
        .body("{\"reason\":\"meant\"}")
        .post("/holds/" + "0".repeat(64) + "/approve")
        .then()
        .statusCode(404);

    Said rejected = command("reject", digest, "--reason", "a mistake");
    Assertions.assertThat(rejected)
        .isEqualTo(new Said(0, "rejected: 6 people stay as they are\n", ""));
    Said again = command("approve", digest, "--reason", "meant");
    Assertions.assertThat(again.code()).isEqualTo(1);
    Assertions.assertThat(again.problems())
        .isEqualTo("applier: it is decided: rejected by admin/alice\n");
    Assertions.assertThat(command("holds").text()).contains("rejected", "a mistake", digest);
    Assertions.assertThat(world.members(world.writer)).isEqualTo(9);
    world.settled();
    Assertions.assertThat(world.events(Topic.SECURITY_EVENTS))
        .filteredOn(e -> e.event() instanceof HoldDecided)
        .extracting(e -> e.cause().actor())
        .containsExactly("admin/alice");

    alice().get("/plan").then().body("changes.withheld", everyItem(equalTo("rejected")));
    world.pushAll(people.subList(0, 6).stream().map(p -> world.member(writers, p, true)).toList());
    world.settled();
    alice().get("/plan").then().body("changes", hasSize(0));
    world.pushAll(people.subList(6, 9).stream().map(p -> world.member(writers, p, false)).toList());
    world.eventually("held", () -> world.holds().size() == 1);
    alice()
        .contentType("application/json")
        .body("{\"reason\":\"meant\"}")
        .post("/holds/" + world.holds().getFirst() + "/approve")
        .then()
        .statusCode(200)
        .body("people", equalTo(3))
        .body("changes", equalTo(3));
    Assertions.assertThat(world.members(world.writer)).isEqualTo(6);
  }

  @Test
  void saysWhoCan() {
    World world = RealWorld.world;
    world.eventually("ready", () -> given().get("/q/health/ready").statusCode() == 200);
    String orders = "/access?object=" + world.app + ".sales.orders";

    given().get(orders).then().statusCode(401);
    alice()
        .get(orders + "&privilege=SELECT")
        .then()
        .statusCode(200)
        .contentType(startsWith("application/json"))
        .body("kind", equalTo("table"))
        .body("access.find { it.role == 'postgres' }.path.kind", equalTo("superuser"))
        .body("access.find { it.role == 'pgscim_applier' }.path.steps[0].inherit", is(true));
    alice()
        .accept("text/markdown")
        .get(orders)
        .then()
        .statusCode(200)
        .contentType(startsWith("text/markdown"))
        .body(startsWith("| login "), containsString(" | person "), containsString("\n|---"));
    alice()
        .accept("text/plain")
        .get("/access?person=postgres&limit=3")
        .then()
        .statusCode(200)
        .contentType(startsWith("text/plain"))
        .body(startsWith("postgres: SUPERUSER"), containsString("There is more: after="));
    alice()
        .get(orders + "&privilege=EXECUTE")
        .then()
        .statusCode(400)
        .body("detail", containsString("it has DELETE, INSERT"));
    alice()
        .get("/access?object=a.b.c.d.e")
        .then()
        .statusCode(400)
        .body("detail", startsWith("'a.b"));
    alice().get("/access").then().statusCode(400).body("detail", startsWith("ask for object="));
    alice().get(orders + "&limit=0").then().statusCode(400);
    alice().get("/access?object=" + world.app + ".sales.none").then().statusCode(404);
    alice().get("/access?object=postgres").then().statusCode(404);
    alice().get("/access?person=nobody.at.all").then().statusCode(404);
  }

  @Test
  void saysWhoHasWhatIsSensitive() {
    World world = RealWorld.world;
    world.eventually("ready", () -> given().get("/q/health/ready").statusCode() == 200);

    given().get("/access/sensitive").then().statusCode(401);
    alice()
        .get("/access/sensitive")
        .then()
        .statusCode(200)
        .body("cluster", equalTo(world.tag))
        .body("objects[0].object", equalTo(world.app + ".crm.customers"))
        .body("objects[0].kind", equalTo("table"))
        .body("objects[0].access.role", hasItem("postgres"))
        .body("missing", hasSize(0));
    alice()
        .accept("text/markdown")
        .get("/access/sensitive?limit=1")
        .then()
        .statusCode(200)
        .header("Link", equalTo("<?after=" + world.app + ".crm.customers&limit=1>; rel=\"next\""))
        .body(startsWith("# Sensitive objects of " + world.tag));
    alice().get("/access/sensitive?limit=0").then().statusCode(400);
  }

  @Test
  void accessIsAskedByTheCommand() {
    World world = RealWorld.world;
    world.eventually("ready", () -> given().get("/q/health/ready").statusCode() == 200);
    String orders = world.app + ".sales.orders";

    Said select = command("access", "--object", orders, "--privilege", "select");
    Assertions.assertThat(select.code()).isZero();
    Assertions.assertThat(select.text()).contains("| superuser postgres").doesNotContain("INSERT");
    Assertions.assertThat(command("access", "--person", "postgres").text())
        .startsWith("postgres: SUPERUSER")
        .contains(orders);
    Assertions.assertThat(command("access", "--sensitive").text())
        .contains("\n## " + world.app + ".crm.customers\n", "\n## " + orders + "\n");
    Assertions.assertThat(command("access", "--sensitive", "--json").text())
        .contains("\"object\" : \"" + orders + "\"");
    Assertions.assertThat(command("access", "--object", orders + "x"))
        .isEqualTo(
            new Said(1, "", "applier: the schema has no table, view or sequence of that name\n"));
    Assertions.assertThat(command("access").code()).isEqualTo(64);
    Assertions.assertThat(command("access", "--sensitive", "--person", "x").code()).isEqualTo(64);
  }

  @Test
  void driftIsComparedAndHealedByTheCommand() {
    World world = RealWorld.world;
    world.eventually("ready", () -> given().get("/q/health/ready").statusCode() == 200);
    UserState dan = world.user("dan." + world.tag);
    world.push(dan);
    world.settled();
    world.run("ALTER ROLE \"" + dan.userName() + "\" CONNECTION LIMIT 3");

    Said found = command("drift", "--detailed-exitcode");
    Assertions.assertThat(found.code()).as(found.problems()).isEqualTo(2);
    Assertions.assertThat(found.text())
        .startsWith("# Drift of `" + world.tag + "`")
        .contains("let " + dan.userName() + " have");
    Assertions.assertThat(command("drift", "--report")).isEqualTo(new Said(0, found.text(), ""));
    Said healed = command("drift", "--heal", "--detailed-exitcode");
    Assertions.assertThat(healed.code()).as(healed.text()).isZero();
    Assertions.assertThat(healed.text()).contains("Everything is as the policy says.");
    Assertions.assertThat(command("drift", "--report", "--json").text())
        .contains("\"found\" : { }");
  }

  @Test
  void driftIsComparedHealedAndReportedOverHttp() {
    World world = RealWorld.world;
    world.eventually("ready", () -> given().get("/q/health/ready").statusCode() == 200);
    UserState eve = world.user("eve." + world.tag);
    world.push(eve);
    world.settled();
    given().post("/drift?heal=true").then().statusCode(401);
    world.run("ALTER ROLE \"" + eve.userName() + "\" CONNECTION LIMIT 3");

    String txn = alice().post("/drift").then().statusCode(202).extract().path("txn");
    world.eventually("reported", () -> txn.equals(alice().get("/drift").path("txn")));
    alice()
        .get("/drift")
        .then()
        .body("actor", equalTo("admin/alice"))
        .body("healing", is(false))
        .body("found.settings", is(1))
        .body("findings.sql", hasItem("ALTER ROLE \"" + eve.userName() + "\" CONNECTION LIMIT -1"));
    given()
        .header("Authorization", "Bearer " + TOKEN)
        .accept("text/markdown")
        .get("/drift")
        .then()
        .contentType(startsWith("text/markdown"))
        .body(containsString("## Settings"), containsString("let " + eve.userName() + " have"));

    String healing = alice().post("/drift?heal=true").then().statusCode(202).extract().path("txn");
    world.eventually(
        "healed",
        () ->
            healing.equals(alice().get("/drift").path("txn"))
                && alice().get("/drift").<Map<String, Integer>>path("found").isEmpty());
  }

  @Test
  void nothingIsHealedWhileThePolicyIsOnlyObserved() {
    World world = RealWorld.world;
    world.eventually("ready", () -> given().get("/q/health/ready").statusCode() == 200);
    String usual = world.limitedPolicy("20%", 2);
    world.policy(usual + "mode: observe\n");
    world.eventually("observing", () -> standing().equals("observing"));

    alice()
        .post("/drift?heal=true")
        .then()
        .statusCode(409)
        .body("detail", equalTo("no role is changed while the policy is only observed"));
    String txn = alice().post("/drift").then().statusCode(202).extract().path("txn");
    world.eventually("reported", () -> txn.equals(alice().get("/drift").path("txn")));

    world.policy(usual);
    world.eventually("writing", () -> standing().equals("writing"));
  }

  @Test
  void aComparisonIsNotAcceptedWhileTheClusterDoesNotAnswer() {
    World world = RealWorld.world;
    world.eventually("ready", () -> given().get("/q/health/ready").statusCode() == 200);
    world.run("ALTER DATABASE " + world.home() + " WITH ALLOW_CONNECTIONS false");
    try {
      alice()
          .post("/drift")
          .then()
          .statusCode(503)
          .body("detail", startsWith("the cluster does not answer: "))
          .body("detail", containsString(world.home()));
    } finally {
      world.run("ALTER DATABASE " + world.home() + " WITH ALLOW_CONNECTIONS true");
    }
    alice().post("/drift").then().statusCode(202);
  }

  private static String standing() {
    return given()
        .get("/q/health/ready")
        .path("checks.find { it.name == 'role-applier' }.data.state");
  }

  @Test
  void aProposedPolicyIsPlannedByTheCommand() throws Exception {
    World world = RealWorld.world;
    world.eventually("ready", () -> given().get("/q/health/ready").statusCode() == 200);
    Path file = Files.createTempFile("proposed", ".yaml");
    Files.writeString(
        file,
        world
            .usualPolicy()
            .replace("access_roles:\n", "access_roles:\n  more_" + world.tag + ": {}\n"));

    Said plan = command("plan", "--policy", file.toString(), "--detailed-exitcode");

    Assertions.assertThat(plan.text())
        .contains(
            "create access role more_" + world.tag,
            "CREATE ROLE \"more_" + world.tag + "\" NOLOGIN");
    Assertions.assertThat(plan.code()).isEqualTo(2);
    Files.writeString(file, "cluster: x\n");
    Said invalid = command("plan", "--policy", file.toString());
    Assertions.assertThat(invalid.code()).isEqualTo(1);
    Assertions.assertThat(invalid.problems()).contains("policy:1: the policy needs 'databases'");
    Assertions.assertThat(command("plan", "--polcy", "x").code()).isEqualTo(64);
    Assertions.assertThat(command("plan", "--json").text()).contains("\"complete\" : true");
    Files.delete(file);
  }

  private record Said(int code, String text, String problems) {}

  private static Said command(String... typed) {
    var out = new ByteArrayOutputStream();
    var problems = new ByteArrayOutputStream();
    int code =
        Command.run(
            Map.of(
                "PGSCIM_APPLIER_URL",
                "http://127.0.0.1:" + RestAssured.port,
                "PGSCIM_ADMIN_TOKEN",
                TOKEN),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(problems, true, StandardCharsets.UTF_8),
            typed);
    return new Said(
        code, out.toString(StandardCharsets.UTF_8), problems.toString(StandardCharsets.UTF_8));
  }

  private static RequestSpecification alice() {
    return given().header("Authorization", "Bearer " + TOKEN);
  }
}
