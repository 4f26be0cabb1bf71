package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.Envelope;
import io.pgscim.events.GroupState;
import io.pgscim.events.IdentityEvent;
import io.pgscim.events.MembershipState;
import io.pgscim.events.Topic;
import io.pgscim.events.UserState;
import io.pgscim.parts.RealParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a push becomes on {@code identity-events}. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class PublishingIT {
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void everyChangeIsOneEventPerKeyThatItTouches() {
    try (Events events = new Events(Topic.IDENTITY_EVENTS)) {
      Instant before = Instant.now();
      String name = Scim.name("Published");
      String user =
          Scim.send(
                  "POST",
                  "/Users",
                  "{'userName': '"
                      + name
                      + "', 'password': 'hush-hush', 'name': {'givenName': 'P'},"
                      + " 'emails': [{'value': 'p@x', 'primary': true}],"
                      + " 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {'department': 'R'}}",
                  "traceparent",
                  TRACE)
              .id();
      String group = Scim.group(Scim.name("publishing")).id();
      Scim.patch(
          "/Groups/" + group,
          "{'op': 'add', 'path': 'members', 'value': [{'value': '" + user + "'}]}");
      Scim.patch("/Users/" + user, "{'op': 'replace', 'path': 'active', 'value': 'False'}");
      Scim.patch("/Users/" + user, "{'op': 'replace', 'path': 'active', 'value': false}");
      Scim.delete("/Users/" + user);
      Scim.delete("/Groups/" + group);
      events.await(7, about(user, group));
      List<Envelope> about = events.settled(about(user, group));

      List<Envelope> users = keyed(about, "user/" + user);
      assertThat(versions(users)).containsExactly(1L, 2L, 3L);
      UserState created = (UserState) users.get(0).event();
      assertThat(created.userName()).isEqualTo(name);
      assertThat(created.active()).isTrue();
      assertThat(created.source()).isEqualTo("default");
      assertThat(created.emails())
          .containsExactly(new UserState.MultiValue("p@x", null, null, true));
      assertThat(created.enterprise().department()).isEqualTo("R");
      assertThat(((UserState) users.get(1).event()).active()).isFalse();
      assertThat(users.get(2).event()).isEqualTo(UserState.deleted(user, "default", 3));

      List<Envelope> members = keyed(about, "member/" + group + "/" + user);
      assertThat(members)
          .extracting(Envelope::event)
          .containsExactly(
              MembershipState.of(group, user, 2, true), MembershipState.of(group, user, 3, false));
      List<Envelope> groups = keyed(about, "group/" + group);
      assertThat(versions(groups)).containsExactly(1L, 4L);
      assertThat(groups.get(1).event()).isEqualTo(GroupState.deleted(group, "default", 4));

      Envelope first = users.get(0);
      assertThat(first.source()).isEqualTo("/scim/v2");
      assertThat(first.cause().actor()).isEqualTo("default/token-1");
      assertThat(first.cause().traceparent()).isEqualTo(TRACE);
      assertThat(first.cause().requestedAt()).isBetween(before, first.time());
      assertThat(first.recordedAt()).isAfterOrEqualTo(first.time());
      assertThat(users.get(2).cause().txn())
          .as("leaving the group and being deleted are one request")
          .isEqualTo(members.get(1).cause().txn());
      assertThat(about.stream().map(e -> e.cause().txn()).collect(Collectors.toSet())).hasSize(6);
      assertThat(events.text()).doesNotContain("hush-hush");
    }
  }

  @Test
  void whatChangesNothingIsNoEventAndNoVersion() {
    try (Events events = new Events(Topic.IDENTITY_EVENTS)) {
      String name = Scim.name("quiet");
      String document =
          """
          {'userName': '%s', 'active': true, 'name': {'givenName': 'Q', 'familyName': 'T'},
           'emails': [{'value': 'q@x', 'type': 'work'}, {'value': 'q@y', 'type': 'home'}]}
          """
              .formatted(name);
      String user = "/Users/" + Scim.post("/Users", document).id();
      String id = user.substring("/Users/".length());
      String group = "/Groups/" + Scim.group(name, id).id();
      String[] before = {meta(user), meta(group)};
      long told = events.all().size();

      accepted(Scim.put(user, document));
      accepted(Scim.put(user, document.replace("true", "'true'")));
      accepted(Scim.patch(user, "{'op': 'remove', 'path': 'title'}"));
      accepted(Scim.patch(user, "{'op': 'replace', 'path': 'name.givenName', 'value': 'Q'}"));
      accepted(
          Scim.patch(user, "{'op': 'replace', 'value': {'active': true, 'name.familyName': 'T'}}"));
      accepted(
          Scim.patch(
              user,
              "{'op': 'replace', 'path': 'emails', 'value': [{'type': 'home', 'value': 'q@y'},"
                  + " {'type': 'work', 'value': 'q@x'}]}"));
      accepted(
          Scim.patch(
              user,
              "{'op': 'add', 'path': 'emails', 'value': [{'value': 'q@x', 'type': 'work'}]}"));
      String members = "'members': [{'value': '" + id + "'}]";
      accepted(Scim.put(group, "{'displayName': '" + name + "', " + members + "}"));
      for (String op : List.of("add", "replace")) {
        accepted(Scim.patch(group, "{'op': '" + op + "', 'value': {" + members + "}}"));
        accepted(
            Scim.patch(
                group,
                "{'op': '" + op + "', 'path': 'members', 'value': [{'value': '" + id + "'}]}"));
      }
      Scim.user(name);
      Scim.patch(group, "{'op': 'add', 'path': 'members', 'value': ['stranger']}");

      assertThat(events.all()).hasSize((int) told);
      assertThat(new String[] {meta(user), meta(group)}).isEqualTo(before);
    }
  }

  private static void accepted(Scim.Reply reply) {
    assertThat(reply.status()).isIn(200, 204);
  }

  private static String meta(String resource) {
    return Scim.get(resource).at("/meta").toString();
  }

  @Test
  void oneMemberChangesOnceHoweverOftenTheRequestSaysSo() {
    try (Events events = new Events(Topic.IDENTITY_EVENTS)) {
      String user = Scim.user(Scim.name("moved")).id();
      String group = Scim.group(Scim.name("moving"), user).id();
      events.await(3, about(user, group));

      Scim.patch(
          "/Groups/" + group,
          "{'op': 'remove', 'path': 'members'}, {'op': 'add', 'path': 'members', 'value': ['"
              + user
              + "']}");
      Scim.patch("/Groups/" + group, "{'op': 'replace', 'path': 'members', 'value': []}");

      List<Envelope> about = events.settled(about(user, group));
      assertThat(keyed(about, "member/" + group + "/" + user))
          .extracting(Envelope::event)
          .containsExactly(
              MembershipState.of(group, user, 1, true), MembershipState.of(group, user, 2, false));
    }
  }

  @Test
  void whileKafkaIsAwayPushesGoOnAndNothingIsLost() {
    String user = Scim.user(Scim.name("before")).id();
    List<String> during = new ArrayList<>();

    RealParts.broker().stop();
    try {
      for (int i = 0; i < 20; i++) {
        Scim.Reply reply = Scim.user(Scim.name("during"));
        assertThat(reply.status()).isEqualTo(201);
        during.add(reply.id());
      }
      for (int i = 0; i < 10; i++) {
        assertThat(
                Scim.patch(
                        "/Users/" + user,
                        "{'op': 'replace', 'path': 'title', 'value': 't" + i + "'}")
                    .status())
            .isEqualTo(200);
      }
      Scim.Reply ready =
          Scim.send(
              Scim.bare("GET", "", null).uri(URI.create(Scim.root() + "/q/health/ready")).build());
      assertThat(ready.status()).as("ready for pushes").isEqualTo(200);
      assertThat(ready.body().findValue("waiting").asLong()).isPositive();
    } finally {
      RealParts.broker().start();
    }

    try (Events events = new Events(Topic.IDENTITY_EVENTS)) {
      List<Envelope> all =
          events.await(
              31,
              e ->
                  e.event() instanceof UserState u
                      && (u.id().equals(user) || during.contains(u.id())));
      assertThat(all.stream().map(Envelope::id).distinct()).hasSize(31);
      List<Long> versions = versions(keyed(all, "user/" + user));
      assertThat(versions).isSorted().contains(1L, 11L);
    }
  }

  private static Predicate<Envelope> about(String user, String group) {
    return e -> e.event().key().contains(user) || e.event().key().contains(group);
  }

  private static List<Envelope> keyed(List<Envelope> events, String key) {
    return events.stream().filter(e -> e.event().key().equals(key)).toList();
  }

  private static List<Long> versions(List<Envelope> events) {
    return events.stream().map(e -> ((IdentityEvent) e.event()).version()).toList();
  }
}
