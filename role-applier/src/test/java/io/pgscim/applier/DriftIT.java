package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.drift.DriftDocument;
import io.pgscim.applier.drift.DriftReport;
import io.pgscim.applier.drift.DriftReports;
import io.pgscim.events.DriftReported;
import io.pgscim.events.GroupState;
import io.pgscim.events.PolicyAccepted;
import io.pgscim.events.RoleChanged;
import io.pgscim.events.Topic;
import io.pgscim.events.UserState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DriftIT {
  private World world;
  private RoleApplier applier;
  private UserState ada;
  private GroupState readers;
  private String role;

  @BeforeEach
  void adaReads() throws Exception {
    world = new World();
    applier = world.start();
    ada = world.user("ada." + world.tag);
    readers = world.group("readers-" + world.tag);
    world.push(ada, readers, world.member(readers, ada, true));
    world.settled();
    role = "\"" + ada.userName() + "\"";
  }

  @AfterEach
  void end() throws Exception {
    world.close();
  }

  @Test
  @Tag("every-major")
  void nothingIsFoundWhereNothingIs() {
    DriftReport report = compare(false);

    assertThat(report.isClean()).isTrue();
    assertThat(report.people()).isEqualTo(people());
    assertThat(report.actor()).isEqualTo("admin/test");
    assertThat(DriftDocument.of(report)).contains("Everything is as the policy says.");
    DriftReported told = world.events(DriftReported.class).getLast();
    assertThat(told.found()).isNull();
    assertThat(told.digest()).isEqualTo(report.digest());
  }

  @Test
  void whatSomebodyChangedByHandIsFoundInWordsAndHealed() {
    world.run("GRANT " + world.writer + " TO " + role + " WITH ADMIN OPTION");
    world.run("SET ROLE pgscim_granter; REVOKE " + world.reader + " FROM " + role);
    world.run("ALTER ROLE " + role + " NOLOGIN CREATEROLE CONNECTION LIMIT 7");
    world.run("ALTER ROLE " + world.reader + " RENAME TO renamed_" + world.tag);
    world.in(
        world.app,
        "REVOKE SELECT ON sales.orders FROM renamed_%1$s; GRANT DELETE ON sales.orders TO renamed_%1$s"
            .formatted(world.tag));

    DriftReport report = compare(false);

    String name = ada.userName();
    assertThat(words(report, "other-grantor"))
        .containsExactly("take " + world.writer + " from " + name + " (granted by postgres)");
    assertThat(words(report, "too-little"))
        .contains(
            "make " + name + " a member of " + world.reader,
            "grant SELECT on table " + world.app + ".sales.orders to " + world.reader);
    assertThat(words(report, "attributes")).containsExactly("take CREATEROLE from " + name);
    assertThat(words(report, "login")).containsExactly("let " + name + " log in");
    assertThat(words(report, "settings"))
        .containsExactly("let " + name + " have any number of sessions");
    assertThat(words(report, "name"))
        .containsExactly("rename renamed_" + world.tag + " to " + world.reader);
    assertThat(report.findings())
        .filteredOn(line -> ada.id().equals(line.userId()))
        .allSatisfy(line -> assertThat(line.sql()).isNotBlank());
    assertThat(world.canLogin(name)).as("a report changes nothing").isFalse();
    assertThat(compare(false).digest()).isEqualTo(report.digest());

    DriftReport asked = compare(true);
    assertThat(asked.healing()).isTrue();
    DriftReport after = reportAfter(asked);

    assertThat(after.isClean()).as(DriftDocument.of(after)).isTrue();
    assertThat(after.txn()).isEqualTo(asked.txn());
    assertThat(world.canLogin(name)).isTrue();
    assertThat(world.memberships(name)).containsExactly(world.reader + " by pgscim_granter");
    world.settled();
    assertThat(world.events(Topic.ROLE_CHANGES))
        .filteredOn(e -> e.event() instanceof RoleChanged && e.cause().txn().equals(asked.txn()))
        .hasSizeGreaterThan(6)
        .allSatisfy(e -> assertThat(e.cause().actor()).isEqualTo("admin/test"));
    assertThat(world.events(DriftReported.class))
        .extracting(DriftReported::healing)
        .containsExactly(false, false, true, false);
  }

  @Test
  void whatNoPlanTouchesIsFoundAndLeftAlone() {
    String other = "other_" + world.tag;
    world.run("CREATE ROLE " + other + " LOGIN");
    world.run("GRANT " + world.reader + " TO " + other + " WITH ADMIN OPTION");
    world.run("GRANT pg_read_all_data TO " + role);
    world.run("GRANT CREATE ON TABLESPACE pg_default TO " + role);
    world.in(
        world.app,
        "GRANT UPDATE, DELETE ON sales.lines TO %1$s; GRANT SELECT (email) ON crm.customers TO %1$s;"
                .formatted(role)
            + " CREATE TABLE public.hers (id int); ALTER TABLE public.hers OWNER TO %1$s;"
                .formatted(role)
            + " SET ROLE %1$s; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;"
                .formatted(role));
    world.in("postgres", "CREATE SCHEMA s_" + world.tag + " AUTHORIZATION " + role);

    DriftReport report = compare(true);
    DriftReport again = compare(true);

    String name = ada.userName();
    assertThat(report.healing()).as("there is nothing to heal").isFalse();
    assertThat(words(report, "past-access-roles"))
        .containsExactlyInAnyOrder(
            "revoke DELETE, UPDATE on table " + world.app + ".sales.lines from " + name,
            "revoke SELECT on column " + world.app + ".crm.customers.email from " + name,
            name + " has privileges of its own on 1 object that no database holds");
    assertThat(words(report, "ownership"))
        .containsExactlyInAnyOrder(
            name + " owns 1 object in database " + world.app + ": table public.hers",
            name + " owns 1 object in database postgres, which the policy does not name");
    assertThat(words(report, "default-privileges"))
        .containsExactly(
            name + " gives others privileges on all it will make in database " + world.app);
    assertThat(words(report, "outsider"))
        .containsExactly(
            other
                + ", which pgscim does not manage, is a member of "
                + world.reader
                + ", and may pass it on (granted by postgres)");
    assertThat(words(report, "member-elsewhere"))
        .containsExactly(
            name
                + " is a member of pg_read_all_data, which pgscim does not manage (granted by"
                + " postgres)");
    assertThat(report.found()).hasSize(5);
    assertThat(again.digest()).isEqualTo(report.digest());
    assertThat(DriftDocument.of(report))
        .contains("# Drift of `" + world.tag + "`", "## Outsiders", "| Ownership | 2 |");

    // The statements that the report shows end what it shows.
    report.findings().stream()
        .filter(line -> line.sql() != null)
        .forEach(line -> world.in(world.app, line.sql()));
    assertThat(compare(false).found())
        .isEqualTo(Map.of("past-access-roles", 1, "ownership", 2, "default-privileges", 1));
    world.in("postgres", "DROP SCHEMA s_" + world.tag);
  }

  @Test
  void whatIsTakenFromManyByHealingWaitsToBeApproved() {
    List<UserState> people =
        IntStream.range(0, 6).mapToObj(i -> world.user("p" + i + "." + world.tag)).toList();
    world.pushAll(people);
    world.settled();
    world.policy(world.limitedPolicy("20%", 2));
    world.eventually("in force", () -> world.events(PolicyAccepted.class).size() == 2);
    world.eventually("ready", () -> applier.standing().ready());
    people.forEach(p -> world.run("GRANT " + world.writer + " TO \"" + p.userName() + "\""));

    DriftReport after = reportAfter(compare(true));

    assertThat(words(after, "other-grantor"))
        .hasSize(6)
        .allMatch(words -> words.endsWith("(held)"));
    assertThat(after.findings()).noneMatch(DriftReport.Line::heals);
    assertThat(world.holds()).hasSize(1);
    assertThat(applier.standing().ready()).isTrue();
  }

  @Test
  void whatOnlyASuperuserCanTakeIsSaidToBeTheirsAndStays() {
    world.run("ALTER ROLE " + role + " CREATEROLE BYPASSRLS REPLICATION");

    DriftReport before = compare(false);

    String name = ada.userName();
    String theirs = " (for a superuser to do: pgscim_applier may not)";
    assertThat(words(before, "attributes"))
        .containsExactly(
            "take BYPASSRLS from " + name + theirs,
            "take CREATEROLE from " + name,
            "take REPLICATION from " + name + theirs);
    assertThat(before.findings())
        .filteredOn(DriftReport.Line::heals)
        .extracting(DriftReport.Line::words)
        .containsExactly("take CREATEROLE from " + name);

    DriftReport after = reportAfter(compare(true));

    assertThat(words(after, "attributes"))
        .containsExactly(
            "take BYPASSRLS from " + name + theirs, "take REPLICATION from " + name + theirs);
    assertThat(compare(true).healing()).as("nothing of that is pgscim's").isFalse();
    after.findings().forEach(line -> world.run(line.sql()));
    assertThat(compare(false).isClean()).isTrue();
  }

  @Test
  @Tag("every-major")
  void aRoleOfSomebodyWhomTheLedgerDoesNotKnowIsFoundAndLeftAlone() {
    world.in(
        world.home(), "DELETE FROM pgscim.ledger_user WHERE user_id = '%s'".formatted(ada.id()));

    DriftReport report = compare(true);

    assertThat(report.found()).isEqualTo(Map.of("stranger", 1));
    assertThat(words(report, "stranger"))
        .containsExactly(
            ada.userName()
                + ", which may log in, is the role of user "
                + ada.id()
                + ", whom the ledger does not know: have the directory tell of the user again, or"
                + " drop the role");
    assertThat(report.findings().getFirst().userId()).isEqualTo(ada.id());
    assertThat(report.healing()).isFalse();
    assertThat(world.canLogin(ada.userName())).isTrue();
  }

  @Test
  void aDatabaseThatIsAwayIsToldOf() {
    world.run("ALTER DATABASE " + world.app + " WITH ALLOW_CONNECTIONS false");

    DriftReport report = compare(false);

    assertThat(words(report, "unseen")).hasSize(1).first().asString().contains(world.app);
    world.run("ALTER DATABASE " + world.app + " WITH ALLOW_CONNECTIONS true");
  }

  @Test
  void theScheduleOutlivesARestartAndForgetsAndRepeatsNothing() {
    world.stopAll();
    world.driftEvery = Duration.ofDays(7);
    applier = world.start();
    assertThat(reports()).as("it is not time").isZero();

    world.in(
        world.home(), "UPDATE pgscim.drift_clock SET counted_from = now() - interval '8 days'");
    world.stopAll();
    applier = world.start();
    world.eventually("compared", () -> reports() == 1);
    assertThat(latest().actor()).isEqualTo("drift");

    world.stopAll();
    applier = world.start();
    compare(false);
    assertThat(reports()).as("the one that was asked for is the second").isEqualTo(2);

    world.stopAll();
    world.driftEvery = Duration.ofMillis(100);
    applier = world.start();
    world.eventually("again and again", () -> world.events(DriftReported.class).size() > 14);
    assertThat(reports()).isLessThanOrEqualTo(12);
  }

  @Test
  void eventsFlowMeanwhileAndAreNoDrift() throws Exception {
    List<UserState> people =
        IntStream.range(0, 200).mapToObj(i -> world.user("p" + i + "." + world.tag)).toList();
    world.pushAll(people);
    Thread pushing =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    boolean present = i % 2 == 0;
                    world.pushAll(
                        people.stream().map(p -> world.member(readers, p, present)).toList());
                  }
                });
    List<DriftReport> reports = new ArrayList<>();
    while (pushing.isAlive() || reports.size() < 3) {
      reports.add(compare(false));
    }
    world.settled();

    assertThat(reports).allMatch(DriftReport::isClean);
  }

  /** Asks for a comparison and waits for its report. */
  private DriftReport compare(boolean heal) {
    var txn = new String[1];
    world.eventually(
        "begun",
        () -> {
          if (applier.compare("admin/test", heal) instanceof Comparison.Begun(String begun)) {
            txn[0] = begun;
          }
          return txn[0] != null;
        });
    world.eventually("reported", () -> reports(txn[0]) == 1);
    DriftReport report = latest();
    assertThat(report.txn()).isEqualTo(txn[0]);
    assertThat(Instant.parse(report.begun())).isBefore(Instant.now());
    return report;
  }

  /** The one that is made once what the first one found is healed. */
  private DriftReport reportAfter(DriftReport first) {
    world.eventually("looked at again", () -> reports(first.txn()) == 2);
    return latest();
  }

  private DriftReport latest() {
    return applier.ask(DriftReports::latest).orElseThrow();
  }

  private int reports() {
    return world.ask(world.home(), "SELECT id FROM pgscim.drift_report").size();
  }

  private int reports(String txn) {
    return world.ask(world.home(), "SELECT id FROM pgscim.drift_report WHERE txn = ?", txn).size();
  }

  private int people() {
    return world.ask(world.home(), "SELECT user_id FROM pgscim.ledger_user").size();
  }

  private static List<String> words(DriftReport report, String kind) {
    return report.findings().stream()
        .filter(line -> line.kind().equals(kind))
        .map(DriftReport.Line::words)
        .toList();
  }
}
