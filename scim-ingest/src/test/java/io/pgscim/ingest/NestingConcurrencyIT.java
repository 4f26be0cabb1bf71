package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.Envelope;
import io.pgscim.events.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Many hands at once, on groups that are nested in each other. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class NestingConcurrencyIT {
  private static final int HANDS = 8;
  private static final int CHANGES = 60;

  /**
   * Each hand has its own memberships to give and take, so whatever the order, it is known who is a
   * member of what in the end. Other hands create, nest and delete people and groups meanwhile.
   */
  @RepeatedTest(3)
  void tablesAndEventsEndWhereASimpleModelDoes(RepetitionInfo repetition) throws Exception {
    List<String> groups = new ArrayList<>();
    List<String> users = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      groups.add(Scim.group(Scim.name("busy")).id());
      users.add(Scim.user(Scim.name("busy")).id());
    }
    List<Callable<Map<String, Set<String>>>> hands = new ArrayList<>();
    for (int hand = 0; hand < HANDS; hand++) {
      Random random = new Random(1_000L * repetition.getCurrentRepetition() + hand);
      List<Edge> own = edges(groups, users, hand);
      hands.add(() -> giveAndTake(random, own));
    }
    Set<String> passing = new HashSet<>();
    hands.add(
        () ->
            createAndDelete(new Random(repetition.getCurrentRepetition()), groups, users, passing));

    Map<String, Set<String>> members = new HashMap<>();
    for (Map<String, Set<String>> some : together(hands)) {
      some.forEach(
          (group, more) -> members.computeIfAbsent(group, id -> new HashSet<>()).addAll(more));
    }

    Set<String> expected = EffectiveMembers.of(groups, members);
    assertThat(expected).as("the model holds something").isNotEmpty();
    assertThat(EffectiveMembers.inTables(groups)).isEqualTo(expected);
    assertThat(EffectiveMembers.inView(groups)).isEqualTo(expected);
    try (Events events = new Events(Topic.IDENTITY_EVENTS)) {
      List<Envelope> all = events.all();
      assertThat(EffectiveMembers.told(all, groups)).isEqualTo(expected);
      assertThat(EffectiveMembers.told(all, passing)).as("of deleted groups").isEmpty();
      Map<String, Long> versions = new HashMap<>();
      groups.forEach(id -> versions.put(id, version(id)));
      EffectiveMembers.assertVersions(all, versions);
    }
  }

  /** The narrowest race: a group gets its first member while it gets its first parent. */
  @Test
  void whoeverJoinsAGroupWhileItIsNestedIsInTheParent() throws Exception {
    String user = Scim.user(Scim.name("racing")).id();
    List<String> groups = new ArrayList<>();
    for (int round = 0; round < 40; round++) {
      String child = Scim.group(Scim.name("child")).id();
      String parent = Scim.group(Scim.name("parent")).id();
      groups.addAll(List.of(child, parent));
      assertThat(
              together(
                  List.of(
                      () -> change(new Edge(child, user), true),
                      () -> change(new Edge(parent, child), true))))
          .containsOnly(204);
    }
    try (Events events = new Events(Topic.IDENTITY_EVENTS)) {
      assertThat(EffectiveMembers.told(events.all(), groups))
          .hasSize(80)
          .isEqualTo(EffectiveMembers.inTables(groups));
    }
  }

  /** A user goes while the group that has it is nested: nobody remains in the parent. */
  @Test
  void whoeverIsDeletedWhileItsGroupIsNestedIsNotInTheParent() throws Exception {
    List<String> groups = new ArrayList<>();
    for (int round = 0; round < 40; round++) {
      String user = Scim.user(Scim.name("leaving")).id();
      String child = Scim.group(Scim.name("child"), user).id();
      String joined = Scim.group(Scim.name("joined")).id();
      String parent = Scim.group(Scim.name("parent")).id();
      groups.addAll(List.of(child, joined, parent));
      List<Integer> statuses =
          together(
              List.of(
                  () -> Scim.delete("/Users/" + user).status(),
                  () -> change(new Edge(joined, user), true),
                  () -> change(new Edge(parent, child), true),
                  () -> change(new Edge(parent, joined), true)));
      assertThat(statuses.get(0)).isEqualTo(204);
      assertThat(statuses.get(1)).isIn(204, 400);
    }
    try (Events events = new Events(Topic.IDENTITY_EVENTS)) {
      assertThat(EffectiveMembers.told(events.all(), groups)).isEmpty();
    }
  }

  /** That a group has a user or another group as its member. */
  private record Edge(String group, String member) {}

  private static List<Edge> edges(List<String> groups, List<String> users, int hand) {
    List<Edge> edges = new ArrayList<>();
    int number = 0;
    for (String group : groups) {
      List<String> members = new ArrayList<>(users);
      members.addAll(groups);
      for (String member : members) {
        if (!member.equals(group) && number++ % HANDS == hand) {
          edges.add(new Edge(group, member));
        }
      }
    }
    return edges;
  }

  private static Map<String, Set<String>> giveAndTake(Random random, List<Edge> own) {
    Map<String, Set<String>> members = new HashMap<>();
    for (int i = 0; i < CHANGES; i++) {
      Edge edge = own.get(random.nextInt(own.size()));
      boolean give = random.nextInt(5) < 2;
      assertThat(change(edge, give)).isEqualTo(204);
      Set<String> of = members.computeIfAbsent(edge.group(), id -> new HashSet<>());
      if (give) {
        of.add(edge.member());
      } else {
        of.remove(edge.member());
      }
    }
    return members;
  }

  /** Leaves nothing behind. */
  private static Map<String, Set<String>> createAndDelete(
      Random random, List<String> groups, List<String> users, Set<String> passing) {
    for (int i = 0; i < CHANGES / 4; i++) {
      String user = Scim.user(Scim.name("passing")).id();
      String group =
          Scim.group(Scim.name("passing"), user, any(random, users), any(random, groups)).id();
      passing.add(group);
      assertThat(change(new Edge(any(random, groups), group), true)).isEqualTo(204);
      assertThat(change(new Edge(any(random, groups), user), true)).isEqualTo(204);
      String first = random.nextBoolean() ? "/Groups/" + group : "/Users/" + user;
      String second = first.startsWith("/G") ? "/Users/" + user : "/Groups/" + group;
      assertThat(Scim.delete(first).status()).isEqualTo(204);
      assertThat(Scim.delete(second).status()).isEqualTo(204);
    }
    return Map.of();
  }

  private static String any(Random random, List<String> ids) {
    return ids.get(random.nextInt(ids.size()));
  }

  private static int change(Edge edge, boolean give) {
    return Scim.patch(
            "/Groups/" + edge.group(),
            "{'op': '%s', 'path': 'members', 'value': [{'value': '%s'}]}"
                .formatted(give ? "add" : "remove", edge.member()))
        .status();
  }

  private static long version(String group) {
    return Long.parseLong(Scim.get("/Groups/" + group).text("/meta/version").replaceAll("\\D", ""));
  }

  private static <T> List<T> together(List<Callable<T>> hands) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(hands.size())) {
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(hands)) {
        results.add(result.get());
      }
      return results;
    }
  }
}
