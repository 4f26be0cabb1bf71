package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.AuthenticationFailed;
import io.pgscim.events.RequestsRefused;
import io.pgscim.events.Topic;
import io.pgscim.events.UserState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several identity providers side by side: none of them learns that there are others. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class SourcesIT {
  private static final String OKTA = RealSurroundings.OKTA_TOKEN;

  @ParameterizedTest
  @CsvSource({
    "one-token-for-tests, /okta/Users, 401",
    "one-token-for-tests, /okta, 401",
    "okta-token-for-tests, /okta/Users, 200",
    "okta-token-for-tests, /Users, 401",
    "okta-token-for-tests, /okta2/Users, 401",
    "one-token-for-tests, /default/Users, 404",
    "one-token-for-tests, /okta/../Users, 200",
    "okta-token-for-tests, /okta/../Users, 401",
    "okta-token-for-tests, /%6fkta/Users, 200",
    "admin-token-for-tests, /Users, 401",
    "admin-token-for-tests, /okta/Users, 401",
  })
  void aTokenOpensItsOwnSourceOnly(String token, String path, int status) {
    assertThat(Scim.as(token, "GET", path, null).status()).isEqualTo(status);
  }

  @Test
  void theSameUserNameIsAnotherPersonInAnotherSource() {
    String name = Scim.name("ada");
    Scim.Reply here = Scim.user(name);
    Scim.Reply there = okta("POST", "/Users", user(name));

    assertThat(here.status()).isEqualTo(201);
    assertThat(there.status()).isEqualTo(201);
    assertThat(there.id()).isNotEqualTo(here.id());
    assertThat(there.text("/meta/location")).isEqualTo(Scim.base() + "/okta/Users/" + there.id());
    assertThat(Scim.user(name).status()).isEqualTo(409);
    assertThat(okta("POST", "/Users", user(name)).status()).isEqualTo(409);
    for (String token : new String[] {RealSurroundings.TOKEN, OKTA}) {
      String base = token.equals(OKTA) ? "/okta" : "";
      Scim.Reply found =
          Scim.as(
              token, "GET", base + "/Users?filter=" + url("userName eq \"" + name + "\""), null);
      assertThat(found.at("/totalResults").asInt()).isEqualTo(1);
      assertThat(found.text("/Resources/0/id")).isEqualTo(base.isEmpty() ? here.id() : there.id());
    }
  }

  @Test
  void nothingOfAnotherSourceIsReadChangedOrDeleted() {
    String id = Scim.user(Scim.name("secret")).id();

    assertThat(okta("GET", "/Users/" + id, null).status()).isEqualTo(404);
    assertThat(okta("PUT", "/Users/" + id, user("x")).status()).isEqualTo(404);
    assertThat(
            okta(
                    "PATCH",
                    "/Users/" + id,
                    Scim.patchBody("{'op': 'replace', 'path': 'active', 'value': false}"))
                .status())
        .isEqualTo(404);
    assertThat(okta("DELETE", "/Users/" + id, null).status()).isEqualTo(404);
    assertThat(
            okta("GET", "/Users?filter=" + url("id eq \"" + id + "\""), null)
                .at("/totalResults")
                .asInt())
        .isZero();
    assertThat(Scim.get("/Users/" + id).at("/active").asBoolean()).isTrue();
  }

  @Test
  void nobodyOfAnotherSourceBecomesAMember() {
    String stranger = Scim.user(Scim.name("stranger")).id();
    Scim.Reply group =
        okta(
            "POST",
            "/Groups",
            "{'schemas': ['urn:ietf:params:scim:schemas:core:2.0:Group'], 'displayName': '"
                + Scim.name("group")
                + "'}");

    Scim.Reply added =
        okta(
            "PATCH",
            "/Groups/" + group.id(),
            Scim.patchBody(
                "{'op': 'add', 'path': 'members', 'value': [{'value': '" + stranger + "'}]}"));

    assertThat(group.status()).isEqualTo(201);
    BadInputIT.assertError(added, 400);
    assertThat(added.text("/scimType")).isEqualTo("invalidValue");
  }

  @Test
  void eventsSayWhichSourceAndWhichClient() {
    String name = Scim.name("grace");
    String id = okta("POST", "/Users", user(name)).id();

    try (Events events = new Events(Topic.IDENTITY_EVENTS)) {
      var event =
          events.await(1, e -> e.event() instanceof UserState user && user.id().equals(id)).get(0);
      assertThat(((UserState) event.event()).source()).isEqualTo("okta");
      assertThat(event.cause().actor()).isEqualTo("okta/token-1");
      assertThat(event.source()).isEqualTo("/scim/v2/okta");
    }
  }

  @Test
  void toleranceIsTheSources() {
    String quoted = "{'userName': '%s', 'active': 'True', 'schemas': ['" + Scim.USER + "']}";

    assertThat(Scim.post("/Users", quoted.formatted(Scim.name("quoted"))).status()).isEqualTo(201);
    assertThat(okta("POST", "/Users", quoted.formatted(Scim.name("quoted"))).status())
        .isEqualTo(400);
  }

  @Test
  void whoeverAsksTooOftenIsToldWhenToComeBack() {
    Scim.Reply last = null;
    for (int i = 0; i < 12; i++) {
      last = Scim.as(RealSurroundings.SLOW_TOKEN, "GET", "/slow/Users?count=0", null);
    }

    BadInputIT.assertError(last, 429);
    assertThat(last.header("Retry-After")).contains("1");
    assertThat(Scim.get("/Users?count=0").status()).as("nobody else is troubled").isEqualTo(200);
    try (Events events = new Events(Topic.SECURITY_EVENTS)) {
      var told =
          events.await(
              1,
              e ->
                  e.event() instanceof RequestsRefused refused
                      && refused.kind().equals("rate")
                      && refused.source().equals("slow"));
      assertThat(told).isNotEmpty();
      assertThat(((RequestsRefused) told.get(0).event()).client()).isEqualTo("token-1");
    }
  }

  @Test
  void aRequestFromAnotherNetworkIsRefusedWhateverItBrings() {
    Scim.Reply reply = Scim.as(RealSurroundings.AFAR_TOKEN, "GET", "/afar/Users", null);

    BadInputIT.assertError(reply, 403);
    BadInputIT.assertError(Scim.as("guess", "GET", "/afar/Users", null), 403);
    try (Events events = new Events(Topic.SECURITY_EVENTS)) {
      assertThat(
              events.await(
                  1,
                  e ->
                      e.event() instanceof AuthenticationFailed failed
                          && failed.source().equals("afar")
                          && failed.reason().equals("network")))
          .isNotEmpty();
    }
  }

  @Test
  void theLogTellsTheStoryOfAnAttack() {
    Scim.post("/Users", "{'a':".repeat(5_000) + "1" + "}".repeat(5_000));
    Scim.post("/Users", "{'userName': ");
    Scim.user("x".repeat(34_000_000));
    Scim.list("/Users", "userName eq");
    Scim.send("TRACE", "/Users", null);

    try (Events events = new Events(Topic.SECURITY_EVENTS)) {
      for (String kind : new String[] {"depth", "syntax", "size", "filter", "method"}) {
        assertThat(
                events.await(
                    1,
                    e ->
                        e.event() instanceof RequestsRefused refused
                            && refused.kind().equals(kind)
                            && refused.remoteAddress().equals("127.0.0.1")))
            .as(kind)
            .isNotEmpty();
      }
    }
  }

  private static Scim.Reply okta(String method, String path, String body) {
    return Scim.as(OKTA, method, "/okta" + path, body);
  }

  private static String user(String name) {
    return "{'schemas': ['" + Scim.USER + "'], 'userName': '" + name + "'}";
  }

  private static String url(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
