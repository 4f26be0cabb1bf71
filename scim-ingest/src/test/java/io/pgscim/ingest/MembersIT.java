package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.Envelope;
import io.pgscim.events.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The members of a group, one by one, many at once, and by many hands. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class MembersIT {

  @Test
  void aStrangerIsNotAddedAndTheErrorNamesThem() {
    String user = Scim.user(Scim.name("known")).id();
    String group = "/Groups/" + Scim.group(Scim.name("strict")).id();
    String stranger = "00000000-0000-0000-0000-000000000000";

    for (String id : new String[] {stranger, "not-an-id", group.substring("/Groups/".length())}) {
      Scim.Reply refused =
          Scim.patch(
              group,
              "{'op': 'add', 'path': 'members', 'value': [{'value': '"
                  + user
                  + "'}, {'value': '"
                  + id
                  + "'}]}");
      BadInputIT.assertError(refused, 400);
      assertThat(refused.text("/scimType")).isEqualTo("invalidValue");
      assertThat(refused.text("/detail")).contains(id).doesNotContain(user);
    }
    BadInputIT.assertError(Scim.group(Scim.name("strict"), user, stranger), 400);
    assertThat(members(group)).as("all or nothing").isEmpty();
    assertThat(Scim.get(group).text("/meta/version")).isEqualTo("W/\"1\"");
  }

  @Test
  void removingAStrangerChangesNothing() {
    String user = Scim.user(Scim.name("stays")).id();
    String group = "/Groups/" + Scim.group(Scim.name("loose"), user).id();

    for (String id : new String[] {"00000000-0000-0000-0000-000000000000", "not-an-id"}) {
      assertThat(
              Scim.patch(group, "{'op': 'remove', 'path': 'members[value eq \\\"" + id + "\\\"]'}")
                  .status())
          .isEqualTo(204);
    }
    assertThat(members(group)).containsExactly(user);
    assertThat(Scim.get(group).text("/meta/version")).isEqualTo("W/\"1\"");
  }

  @Test
  void membersAreRemovedByAnyFilter() {
    String ada = Scim.user(Scim.name("filtered-ada")).id();
    String bob = Scim.user(Scim.name("filtered-bob")).id();
    String group = "/Groups/" + Scim.group(Scim.name("filtered"), ada, bob).id();

    Scim.patch(group, "{'op': 'remove', 'path': 'members[display sw \\\"filtered-A\\\"]'}");

    assertThat(members(group)).containsExactly(bob);
  }

  @Test
  void fiftyHandsAtOnceLoseNobody() {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      users.add(Scim.user(Scim.name("hand")).id());
    }
    String group = "/Groups/" + Scim.group(Scim.name("hands")).id();

    List<Integer> statuses =
        together(
            users.stream()
                .map(
                    user ->
                        "{'op': 'add', 'path': 'members', 'value': [{'value': '" + user + "'}]}")
                .toList(),
            group);

    assertThat(statuses).containsOnly(204);
    assertThat(members(group)).isEqualTo(new TreeSet<>(users));
    assertThat(Scim.get(group).text("/meta/version")).isEqualTo("W/\"51\"");
    try (Events events = new Events(Topic.IDENTITY_EVENTS)) {
      List<Envelope> all = events.all();
      String id = group.substring("/Groups/".length());
      assertThat(EffectiveMembers.told(all, Set.of(id))).hasSize(50);
      EffectiveMembers.assertVersions(all, Map.of(id, 51L));
    }
  }

  @Test
  void theSameChangeFromManyHandsIsOneChange() {
    String user = Scim.user(Scim.name("wanted")).id();
    String group = "/Groups/" + Scim.group(Scim.name("popular")).id();
    String add = "{'op': 'add', 'path': 'members', 'value': [{'value': '" + user + "'}]}";

    assertThat(together(List.of(add, add, add, add, add, add, add, add), group)).containsOnly(204);

    assertThat(Scim.get(group).text("/meta/version")).isEqualTo("W/\"2\"");
  }

  @Test
  void whoIsDeletedLeavesEveryGroup() {
    String user = Scim.user(Scim.name("leaver")).id();
    String one = "/Groups/" + Scim.group(Scim.name("left"), user).id();
    String two = "/Groups/" + Scim.group(Scim.name("left"), user).id();

    assertThat(Scim.delete("/Users/" + user).status()).isEqualTo(204);

    for (String group : new String[] {one, two}) {
      assertThat(members(group)).isEmpty();
      assertThat(Scim.get(group).text("/meta/version")).isEqualTo("W/\"2\"");
    }
  }

  @Test
  void deletingPeopleWhileTheyAreAddedEndsInOneTruth() {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      groups.add(Scim.group(Scim.name("busy")).id());
    }
    for (int round = 0; round < 5; round++) {
      String user = Scim.user(Scim.name("brief")).id();
      List<CompletableFuture<Scim.Reply>> replies = new ArrayList<>();
      for (String group : groups) {
        String add = "{'op': 'add', 'path': 'members', 'value': [{'value': '" + user + "'}]}";
        replies.add(Scim.sending(Scim.request("PATCH", "/Groups/" + group, Scim.patchBody(add))));
      }
      replies.add(Scim.sending(Scim.request("DELETE", "/Users/" + user, null)));

      replies.forEach(reply -> assertThat(reply.join().status()).isIn(204, 400));
      assertThat(replies.get(groups.size()).join().status()).isEqualTo(204);
      groups.forEach(group -> assertThat(members("/Groups/" + group)).isEmpty());
    }
  }

  @Test
  void twentyThousandMembersInOnePatch() {
    DirectoryTables.execute(
        """
        INSERT INTO scim.resource (id, source, type, version, created, modified, name, name_unique, document, comparable)
        SELECT gen_random_uuid(), 'default', 'User', 1, now(), now(), 'bulk-' || i, true,
               jsonb_build_object('userName', 'bulk-' || i), jsonb_build_object('userName', 'bulk-' || i)
        FROM generate_series(1, 20000) i
        """);
    try {
      StringBuilder value = new StringBuilder();
      for (int start = 1; start <= 20_000; start += 1_000) {
        Scim.get(
                "/Users?filter=userName%20sw%20%22bulk-%22&count=1000&attributes=id&startIndex="
                    + start)
            .at("/Resources")
            .forEach(
                user ->
                    value
                        .append(value.isEmpty() ? "" : ",")
                        .append("{'value': '" + user.get("id").asText() + "', '$ref': null}"));
      }
      String group = "/Groups/" + Scim.group(Scim.name("large")).id();

      assertThat(
              Scim.patch(group, "{'op': 'add', 'path': 'members', 'value': [" + value + "]}")
                  .status())
          .isEqualTo(204);

      assertThat(members(group)).hasSize(20_000);
      assertThat(Scim.patch(group, "{'op': 'replace', 'path': 'members', 'value': []}").status())
          .isEqualTo(204);
      assertThat(members(group)).isEmpty();
      assertThat(Scim.get(group).text("/meta/version")).isEqualTo("W/\"3\"");
    } finally {
      DirectoryTables.execute("DELETE FROM scim.resource WHERE name LIKE 'bulk-%'");
    }
  }

  private static List<Integer> together(List<String> operations, String group) {
    List<CompletableFuture<Scim.Reply>> replies = new ArrayList<>();
    for (String operation : operations) {
      replies.add(Scim.sending(Scim.request("PATCH", group, Scim.patchBody(operation))));
    }
    return replies.stream().map(reply -> reply.join().status()).toList();
  }

  private static Set<String> members(String group) {
    Set<String> members = new TreeSet<>();
    Scim.get(group).at("/members").forEach(member -> members.add(member.get("value").asText()));
    return members;
  }
}
