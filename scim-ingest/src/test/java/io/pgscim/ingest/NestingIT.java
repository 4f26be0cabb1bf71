package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pgscim.events.Envelope;
import io.pgscim.events.GroupState;
import io.pgscim.events.MembershipState;
import io.pgscim.events.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Groups in groups (RFC 7643 §4.2), and the membership that follows from it (§4.1.2). */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class NestingIT {
  private final Events events = new Events(Topic.IDENTITY_EVENTS);
  private final List<String> groups = new ArrayList<>();
  private int told;

  @BeforeEach
  void skipWhatOtherTestsDid() {
    told = events.all().size();
  }

  @AfterEach
  void tablesEventsAndVersionsAgree() {
    List<Envelope> all = events.all();
    Set<String> effective = EffectiveMembers.inTables(groups);
    assertThat(EffectiveMembers.told(all, groups)).isEqualTo(effective);
    assertThat(EffectiveMembers.inView(groups)).isEqualTo(effective);
    Map<String, Long> versions = new HashMap<>();
    groups.forEach(
        id -> {
          Scim.Reply group = Scim.get("/Groups/" + id);
          if (group.status() == 200) {
            versions.put(id, version(group));
          }
        });
    EffectiveMembers.assertVersions(all, versions);
    events.close();
  }

  @Test
  @DisplayName("RFC 7643 §4.2: members are users and groups, each with its type and reference")
  void membersSayWhatTheyAreAndWhereWhateverTheClientSays() {
    String name = Scim.name("inner");
    String inner = group(name);
    String ada = user("typed");
    String outer = group("outer");

    patch(
        outer,
        "{'op': 'add', 'path': 'members', 'value': [{'value': '%s', 'type': 'User'},"
            + " {'value': '%s', 'type': 'Group', '$ref': '../Groups/%s'}]}",
        inner,
        ada,
        ada);

    JsonNode members = Scim.get("/Groups/" + outer).at("/members");
    assertThat(members).hasSize(2);
    assertThat(members.get(0).get("type").asText()).isEqualTo("User");
    assertThat(members.get(0).get("$ref").asText()).isEqualTo(Scim.base() + "/Users/" + ada);
    assertThat(members.get(1).get("value").asText()).isEqualTo(inner);
    assertThat(members.get(1).get("type").asText()).isEqualTo("Group");
    assertThat(members.get(1).get("$ref").asText()).isEqualTo(Scim.base() + "/Groups/" + inner);
    assertThat(members.get(1).get("display").asText()).isEqualTo(name);
  }

  @Test
  @DisplayName("RFC 7643 §4.1.2: groups are direct or, through nested groups, indirect")
  void aUserShowsDirectAndIndirectGroups() {
    String ada = user("both");
    String inner = group("inner", ada);
    String outer = group("outer", inner);
    String top = group("top", outer, inner, ada);

    assertThat(groupsOf(ada)).isEqualTo(Map.of(inner, "direct", outer, "indirect", top, "direct"));
    JsonNode listed = Scim.list("/Users", "id eq \"" + ada + "\"").at("/Resources/0/groups");
    assertThat(listed).hasSize(3);
    assertThat(listed.findValuesAsText("$ref")).contains(Scim.base() + "/Groups/" + outer);
  }

  @Test
  void filtersSeeTheGroupsAndMembersThatAnswersShow() {
    String ada = user("filtered");
    String bob = user("filtered");
    String inner = group("inner", ada);
    String outer = group("outer", inner, bob);

    assertThat(ids("/Users", "groups.value eq \"%s\"", outer)).containsOnly(ada, bob);
    assertThat(ids("/Users", "groups eq \"%s\"", inner)).containsOnly(ada);
    assertThat(ids("/Users", "groups[value eq \"%s\" and type eq \"indirect\"]", outer))
        .containsOnly(ada);
    assertThat(ids("/Users", "groups[value eq \"%s\" and type eq \"Direct\"]", outer))
        .containsOnly(bob);
    assertThat(ids("/Users", "id eq \"%s\" and groups.type eq \"indirect\"", bob)).isEmpty();
    assertThat(ids("/Users", "not (groups.value eq \"%s\")", outer)).doesNotContain(ada, bob);
    assertThat(ids("/Users", "userName eq \"x\" or groups.value eq \"%s\"", outer))
        .containsOnly(ada, bob);
    assertThat(ids("/Groups", "members.value eq \"%s\"", inner)).containsOnly(outer);
    assertThat(ids("/Groups", "members[value eq \"%s\" and type eq \"Group\"]", inner))
        .containsOnly(outer);
    assertThat(ids("/Groups", "members.value eq \"%s\"", ada)).containsOnly(inner);
    assertThat(ids("/Groups", "id eq \"%s\" and members.type eq \"Group\"", inner)).isEmpty();
  }

  @Test
  void aGroupIsNoMemberOfItself() {
    String group = group("self");
    for (Scim.Reply refused :
        List.of(
            Scim.patch(
                "/Groups/" + group,
                "{'op': 'add', 'path': 'members', 'value': [{'value': '" + group + "'}]}"),
            Scim.put(
                "/Groups/" + group,
                "{'displayName': 'x', 'members': [{'value': '" + group + "'}]}"))) {
      BadInputIT.assertError(refused, 400);
      assertThat(refused.text("/scimType")).isEqualTo("invalidValue");
      assertThat(refused.text("/detail")).contains(group);
    }
  }

  @Test
  void everyGroupOfAChainRisesWithItsEffectiveMembers() {
    String ada = user("chained");
    String one = group("chain");
    String two = group("chain", one);
    String three = group("chain", two);
    String four = group("chain", three);
    String five = group("chain", four);
    List<String> chain = List.of(one, two, three, four, five);
    Map<String, Instant> before = new HashMap<>();
    chain.forEach(id -> before.put(id, modified(id)));
    changes();

    add(one, ada);

    assertThat(changes())
        .containsOnly(
            chain.stream()
                .map(id -> MembershipState.of(id, ada, 2, true))
                .toArray(MembershipState[]::new));
    chain.forEach(
        id -> {
          assertThat(version(Scim.get("/Groups/" + id))).isEqualTo(2);
          assertThat(modified(id)).isAfter(before.get(id));
        });
    remove(one, ada);
    assertThat(changes()).hasSize(5).allMatch(m -> m.version() == 3 && !m.present());
  }

  @Test
  void ofTwoWaysTheLastOneCounts() {
    String ada = user("diamond");
    String bottom = group("bottom");
    String left = group("left", bottom);
    String right = group("right", bottom);
    String top = group("top", left, right);

    add(bottom, ada);
    assertThat(changed()).containsOnly("+" + bottom, "+" + left, "+" + right, "+" + top);

    remove(left, bottom);
    assertThat(changed()).containsOnly("-" + left);
    assertThat(version(Scim.get("/Groups/" + top))).as("top lost nobody").isEqualTo(2);

    add(left, ada);
    assertThat(changed()).containsOnly("+" + left);

    remove(right, bottom);
    assertThat(changed()).containsOnly("-" + right);

    remove(top, left);
    assertThat(changed()).containsOnly("-" + top);
  }

  @Test
  void whereNobodysMembershipChangesTheGroupTellsItsVersion() {
    String ada = user("settled");
    String inner = group("inner", ada);
    String outer = group("outer", inner, ada);
    changes();

    remove(outer, inner);
    add(outer, inner);
    remove(outer, ada);
    add(outer, group("empty"));

    assertThat(changes()).isEmpty();
    assertThat(version(Scim.get("/Groups/" + outer))).isEqualTo(5);
    assertThat(
            events.all().stream()
                .map(Envelope::event)
                .filter(e -> e instanceof GroupState g && g.id().equals(outer))
                .map(e -> ((GroupState) e).version()))
        .containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  @DisplayName("RFC 7644 §3.7.1: groups may contain each other")
  void groupsMayContainEachOther() {
    String ada = user("round");
    String bob = user("round");
    String one = group("round", ada);
    String two = group("round", one);
    String three = group("round", two);
    changes();

    add(one, three);
    assertThat(changed()).isEmpty();
    add(two, bob);
    assertThat(changed()).containsOnly("+" + one, "+" + two, "+" + three);
    remove(one, ada);
    assertThat(changed()).containsOnly("-" + one, "-" + two, "-" + three);
    remove(three, two);
    assertThat(changed()).containsOnly("-" + three, "-" + one);
    Scim.delete("/Groups/" + two);
    assertThat(changed()).containsOnly("-" + two);
  }

  @Test
  void theDeletionOfAGroupBetweenIsToldAbove() {
    String ada = user("between");
    String bob = user("between");
    String bottom = group("bottom", ada);
    String middle = group("middle", bottom, bob);
    String top = group("top", middle, bob);
    String hollow = group("hollow", group("empty"));
    String above = group("above", hollow);
    changes();

    assertThat(Scim.delete("/Groups/" + middle).status()).isEqualTo(204);
    assertThat(changes())
        .containsExactlyInAnyOrder(
            MembershipState.of(middle, ada, 2, false),
            MembershipState.of(middle, bob, 2, false),
            MembershipState.of(top, ada, 2, false));
    assertThat(groupsOf(ada)).isEqualTo(Map.of(bottom, "direct"));

    assertThat(Scim.delete("/Groups/" + hollow).status()).isEqualTo(204);
    assertThat(version(Scim.get("/Groups/" + above))).isEqualTo(2);
    assertThat(events.all().stream().map(Envelope::event))
        .contains(new GroupState(above, "default", 2, false, "above", null));
  }

  @Test
  void whoIsDeletedLeavesTheGroupsAboveToo() {
    String ada = user("deleted");
    String inner = group("inner", ada);
    String outer = group("outer", inner);
    String side = group("side", ada);
    String top = group("top", outer, ada);
    changes();

    assertThat(Scim.delete("/Users/" + ada).status()).isEqualTo(204);

    assertThat(changes())
        .containsOnly(
            MembershipState.of(inner, ada, 2, false),
            MembershipState.of(outer, ada, 2, false),
            MembershipState.of(side, ada, 2, false),
            MembershipState.of(top, ada, 2, false));
  }

  @Test
  void aPutThatReplacesUsersByTheirGroupTakesNothingFromThem() {
    String ada = user("replaced");
    String bob = user("replaced");
    String eve = user("replaced");
    String inner = group("inner", ada, bob);
    String outer = group("outer", ada, bob, eve);
    String top = group("top", outer);
    changes();

    Scim.put(
        "/Groups/" + outer, "{'displayName': 'outer', 'members': [{'value': '" + inner + "'}]}");
    assertThat(changes())
        .containsOnly(
            MembershipState.of(outer, eve, 2, false), MembershipState.of(top, eve, 2, false));

    Scim.put(
        "/Groups/" + outer,
        "{'displayName': 'outer', 'members': [{'value': '"
            + eve
            + "'}, {'value': '"
            + ada
            + "'}]}");
    assertThat(changed()).containsExactlyInAnyOrder("-" + outer, "+" + outer, "-" + top, "+" + top);
  }

  @Test
  void memberGroupsAreRemovedByAnyFilter() {
    String ada = user("kept");
    String outer = group("outer", ada, group("inner", user("gone")), group("inner"));

    patch(outer, "{'op': 'remove', 'path': 'members[type eq \\\"group\\\"]'}");

    assertThat(Scim.get("/Groups/" + outer).at("/members").findValuesAsText("value"))
        .containsOnly(ada);
  }

  @Test
  void whatChangesNothingIsNoVersionOfNestedGroupsEither() {
    String ada = user("quiet");
    String inner = group("inner", ada);
    String outer = group("outer", inner);
    int before = events.all().size();

    add(outer, inner);
    add(inner, ada);
    remove(outer, ada);
    patch(outer, "{'op': 'replace', 'path': 'members', 'value': [{'value': '%s'}]}", inner);

    assertThat(events.all()).hasSize(before);
    assertThat(version(Scim.get("/Groups/" + outer))).isEqualTo(1);
    assertThat(version(Scim.get("/Groups/" + inner))).isEqualTo(1);
  }

  private static String user(String stem) {
    return Scim.user(Scim.name(stem)).id();
  }

  private String group(String stem, String... members) {
    Scim.Reply created = Scim.group(stem, members);
    assertThat(created.status()).isEqualTo(201);
    groups.add(created.id());
    return created.id();
  }

  private static void add(String group, String member) {
    patch(group, "{'op': 'add', 'path': 'members', 'value': [{'value': '%s'}]}", member);
  }

  private static void remove(String group, String member) {
    patch(group, "{'op': 'remove', 'path': 'members', 'value': [{'value': '%s'}]}", member);
  }

  private static void patch(String group, String operation, Object... arguments) {
    assertThat(Scim.patch("/Groups/" + group, operation.formatted(arguments)).status())
        .isEqualTo(204);
  }

  private static Map<String, String> groupsOf(String user) {
    Map<String, String> types = new HashMap<>();
    Scim.get("/Users/" + user)
        .at("/groups")
        .forEach(group -> types.put(group.get("value").asText(), group.get("type").asText()));
    return types;
  }

  private static Set<String> ids(String endpoint, String filter, String id) {
    Scim.Reply found = Scim.list(endpoint, filter.formatted(id));
    assertThat(found.status()).isEqualTo(200);
    return new TreeSet<>(found.at("/Resources").findValuesAsText("id"));
  }

  private static long version(Scim.Reply resource) {
    return Long.parseLong(resource.text("/meta/version").replaceAll("\\D", ""));
  }

  private static Instant modified(String group) {
    return Instant.parse(Scim.get("/Groups/" + group).text("/meta/lastModified"));
  }

  /** The membership events since it was last asked. */
  private List<MembershipState> changes() {
    List<Envelope> all = events.all();
    List<MembershipState> since =
        all.subList(told, all.size()).stream()
            .map(Envelope::event)
            .filter(MembershipState.class::isInstance)
            .map(MembershipState.class::cast)
            .filter(m -> groups.contains(m.groupId()))
            .toList();
    told = all.size();
    return since;
  }

  /** The same, as sign and group. */
  private List<String> changed() {
    return changes().stream().map(m -> (m.present() ? "+" : "-") + m.groupId()).toList();
  }
}
