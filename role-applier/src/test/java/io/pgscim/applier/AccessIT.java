package io.pgscim.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.AccessDesk.Answer;
import io.pgscim.applier.access.ObjectName;
import io.pgscim.events.GroupState;
import io.pgscim.events.UserState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessIT {
  private static final AccessDesk.Page ALL = new AccessDesk.Page("", 1000);

  private World world;
  private RoleApplier applier;
  private UserState ada;
  private UserState bob;

  @BeforeEach
  void begin() throws Exception {
    world = new World();
    ada = world.user("ada." + world.tag);
    bob = world.user("bob." + world.tag);
    world.policy(
        world
            .usualPolicy()
            .replace(
                "gives: [" + world.writer + "] }", "gives: [" + world.writer + "], for: 8h }"));
    applier = world.start();
    GroupState readers = world.group("readers-" + world.tag);
    GroupState writers = world.group("writers-" + world.tag);
    world.push(ada, bob, readers, writers, world.member(readers, ada, true));
    world.push(world.member(writers, bob, true));
    world.settled();
  }

  @AfterEach
  void end() throws Exception {
    world.close();
  }

  @Test
  void theExampleInTheDocumentationIsTrue() throws Exception {
    byHand();

    AccessView all = shown("sales.orders", "SELECT", ALL);
    String table =
        AccessTable.of(
            new AccessView(
                all.kind(),
                all.privileges(),
                all.access().stream().filter(way -> ofThisWorld(way.role())).toList(),
                null));

    assertThat(normal(table)).isEqualTo(normal(documented()));
  }

  @Test
  void aMissingPrerequisiteIsSaidAndNotHidden() {
    byHand();
    world.in(world.app, "REVOKE USAGE ON SCHEMA sales FROM " + world.reader);

    assertThat(shown("sales.orders", "SELECT", ALL).access())
        .filteredOn(way -> way.role().equals(ada.userName()))
        .singleElement()
        .satisfies(
            way -> {
              assertThat(way.usable()).isEqualTo("no");
              assertThat(way.obstacles()).containsExactly("no USAGE on the schema");
            });
  }

  @Test
  void columnsStandBesideTheTable() {
    assertThat(shown("crm.customers", "SELECT", ALL).access())
        .filteredOn(way -> way.role().equals(ada.userName()))
        .singleElement()
        .extracting(AccessView.Way::columns)
        .isEqualTo(List.of("country", "id"));
    assertThat(shown("crm.customers.email", "SELECT", ALL).access())
        .extracting(AccessView.Way::role)
        .contains("postgres")
        .doesNotContain(ada.userName());
  }

  @Test
  void pagesFollowTheNames() {
    AccessView first = shown("sales.orders", null, new AccessDesk.Page("", 1));
    AccessView second = shown("sales.orders", null, new AccessDesk.Page(first.next(), 1));

    assertThat(first.next()).isEqualTo(ada.userName());
    assertThat(second.access()).extracting(AccessView.Way::role).contains(bob.userName());
    assertThat(shown("sales.orders", null, new AccessDesk.Page(second.next(), 1000)).next())
        .isNull();
  }

  @Test
  void whatDoesNotExistIsNotFound() {
    assertThat(ask("postgres.public", null, ALL))
        .isEqualTo(
            Optional.of(
                new Answer.Missing(
                    "the policy manages no database postgres; it manages " + world.app)));
    assertThat(ask(world.app + ".sales.nothing", null, ALL))
        .get()
        .isInstanceOf(Answer.Missing.class);
    assertThat(ask(world.app + ".sales.orders", "EXECUTE", ALL))
        .get()
        .isInstanceOf(Answer.Wrong.class);
  }

  @Test
  void aPersonHasWhatIsSaidOfEachObject() {
    byHand();
    PersonView byName = person(bob.userName().toUpperCase(Locale.ROOT), ALL);

    assertThat(byName.userId()).isEqualTo(bob.id());
    assertThat(byName).isEqualTo(person(bob.id(), ALL));
    assertThat(byName.memberships()).extracting(PersonView.Member::role).contains(world.writer);
    assertThat(byName.memberships().getFirst().because().getFirst().until()).isNotNull();
    for (String login :
        List.of(
            bob.userName(), "etl." + world.tag, "eve." + world.tag, "pgscim_applier", "postgres")) {
      PersonView all = person(login, ALL);
      assertThat(all.objects()).as(login).isNotEmpty();
      for (PersonView.Held held : all.objects()) {
        AccessView object = ((Answer.Shown) ask(held.object(), null, ALL).orElseThrow()).view();
        assertThat(held.access())
            .as("%s, %s", login, held.object())
            .isEqualTo(object.access().stream().filter(w -> w.role().equals(login)).toList());
      }
    }
    assertThat(person("eve." + world.tag, ALL).objects())
        .extracting(PersonView.Held::object)
        .containsExactly(
            world.app,
            world.app + ".crm",
            world.app + ".crm.customers",
            world.app + ".public",
            world.app + ".sales",
            world.app + ".sales.lines",
            world.app + ".sales.orders");
  }

  @Test
  void whatIsSensitiveIsListedLikeWhatIsAskedOneByOne() {
    sensitive();

    SensitiveView all = sensitive(ALL);

    assertThat(all.objects())
        .extracting(SensitiveView.Listed::object)
        .containsExactly(
            world.app,
            world.app + ".crm.customers",
            world.app + ".crm.customers.email",
            world.app + ".crm.score(integer)",
            world.app + ".crm.score(text)",
            world.app + ".sales.lines",
            world.app + ".sales.orders");
    for (SensitiveView.Listed one : all.objects()) {
      String privilege = one.object().contains(".sales.") ? "UPDATE" : null;
      assertThat(one.access())
          .as(one.object())
          .isEqualTo(((Answer.Shown) ask(one.object(), privilege, ALL).orElseThrow()).view());
    }
    assertThat(all.missing())
        .containsExactlyInAnyOrder(
            new SensitiveView.Missing(
                "sequences: '*' in " + world.app + ".crm", "there is none now"),
            new SensitiveView.Missing(
                world.app + ".crm.nothing",
                "the schema has no table, view or sequence of that name"),
            new SensitiveView.Missing(
                world.app + ".crm.unscored()",
                "the schema has no function or procedure of that name"));
    assertThat(AccessTable.of(all))
        .contains(
            "# Sensitive objects of " + world.tag,
            "\n## " + world.app + ".sales.orders\n\nThe table: who has UPDATE?\n\n| login",
            "- " + world.app + ".crm.nothing: the schema has no table, view or sequence");
    assertThat(all.objects().getLast().access().access())
        .filteredOn(way -> way.role().equals(bob.userName()))
        .singleElement()
        .satisfies(
            way -> assertThat(way.because()).singleElement().extracting("until").isNotNull());
  }

  @Test
  void whatIsSensitiveComesInPages() {
    sensitive();
    List<SensitiveView.Listed> all = sensitive(ALL).objects();
    int most =
        all.stream()
            .mapToInt(
                one ->
                    (int)
                        one.access().access().stream().map(AccessView.Way::role).distinct().count())
            .max()
            .orElseThrow();

    List<SensitiveView.Listed> paged = new ArrayList<>();
    List<SensitiveView.Missing> missing = new ArrayList<>();
    String after = "";
    while (after != null) {
      SensitiveView page = sensitive(new AccessDesk.Page(after, most));
      paged.addAll(page.objects());
      missing.addAll(page.missing());
      after = page.next();
    }

    assertThat(paged).isEqualTo(all);
    assertThat(missing).containsExactlyInAnyOrderElementsOf(sensitive(ALL).missing());
    SensitiveView.Listed cut = sensitive(new AccessDesk.Page("", 1)).objects().getFirst();
    assertThat(cut.access().next()).isEqualTo(ada.userName());
    assertThat(sensitive(new AccessDesk.Page("", 1)).next()).isEqualTo(world.app);
  }

  private SensitiveView sensitive(AccessDesk.Page page) {
    return applier
        .inspect(desk -> desk.sensitive(page))
        .map(answer -> ((Answer.Listed) answer).view())
        .orElseThrow();
  }

  private void sensitive() {
    world.in(
        world.app,
        "CREATE FUNCTION crm.score(int) RETURNS int LANGUAGE sql RETURN 1;"
            + " CREATE FUNCTION crm.score(text) RETURNS int LANGUAGE sql RETURN 2");
    world.policy(
        world
                .usualPolicy()
                .replace(
                    "gives: [" + world.writer + "] }", "gives: [" + world.writer + "], for: 8h }")
            + """
            sensitive:
              - { database: %1$s }
              - { database: %1$s, table: crm.customers, privileges: [SELECT] }
              - { database: %1$s, table: crm.customers }
              - { database: %1$s, table: crm.customers, columns: [email] }
              - { database: %1$s, function: crm.score }
              - { database: %1$s, function: crm.unscored }
              - { database: %1$s, table: crm.nothing }
              - { database: %1$s, schema: crm, sequences: '*' }
              - { database: %1$s, schema: sales, tables: '*', privileges: [UPDATE] }
            """
                .formatted(world.app));
    world.eventually("the policy is in force", () -> !sensitive(ALL).objects().isEmpty());
  }

  @Test
  void aPersonsObjectsComeInPages() {
    PersonView first = person(bob.userName(), new AccessDesk.Page("", 2));
    PersonView rest = person(bob.userName(), new AccessDesk.Page(first.next(), 1000));

    assertThat(first.objects()).hasSize(2);
    assertThat(rest.next()).isNull();
    assertThat(Stream.concat(first.objects().stream(), rest.objects().stream()))
        .containsExactlyElementsOf(person(bob.userName(), ALL).objects());
    assertThat(applier.inspect(desk -> desk.whatHas("nobody." + world.tag, ALL)))
        .get()
        .isInstanceOf(Answer.Missing.class);
  }

  private PersonView person(String text, AccessDesk.Page page) {
    return applier
        .inspect(desk -> desk.whatHas(text, page))
        .map(answer -> ((Answer.Person) answer).view())
        .orElseThrow();
  }

  /** Other tests' superusers have access as well. */
  private boolean ofThisWorld(String role) {
    return role.endsWith("." + world.tag)
        || role.equals("postgres")
        || role.equals("pgscim_applier");
  }

  /** What somebody did beside pgscim. */
  private void byHand() {
    world.run("CREATE ROLE \"etl." + world.tag + "\" LOGIN");
    world.run("GRANT pg_read_all_data TO \"etl." + world.tag + "\"");
    world.run("CREATE ROLE \"eve." + world.tag + "\" LOGIN");
    world.run(
        "GRANT " + world.reader + " TO \"eve." + world.tag + "\" WITH INHERIT FALSE, SET TRUE");
    world.in(world.app, "GRANT CONNECT ON DATABASE " + world.app + " TO \"eve." + world.tag + "\"");
  }

  private AccessView shown(String object, String privilege, AccessDesk.Page page) {
    return ((Answer.Shown) ask(world.app + "." + object, privilege, page).orElseThrow()).view();
  }

  private Optional<Answer> ask(String object, String privilege, AccessDesk.Page page) {
    return applier.inspect(
        desk -> desk.whoCan(ObjectName.parse(object), Optional.ofNullable(privilege), page));
  }

  private String normal(String table) {
    return table
        .replaceAll("[._-]" + world.tag, "")
        .replaceAll(" +\\|", " |")
        .replaceAll("-{3,}", "---")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "2030-01-01T08:00:00Z");
  }

  private static String documented() throws Exception {
    Path page = Path.of(System.getProperty("pgscim.root", "..")).resolve("docs/access.md");
    return Files.readAllLines(page).stream()
        .dropWhile(line -> !line.equals("```markdown"))
        .skip(1)
        .takeWhile(line -> !line.equals("```"))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
