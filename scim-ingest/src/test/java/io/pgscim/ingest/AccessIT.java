package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.AuthenticationFailed;
import io.pgscim.events.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §2, RFC 6750: nothing without a token. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class AccessIT {

  @ParameterizedTest
  @CsvSource({
    "GET, /Users",
    "POST, /Users",
    "PATCH, /Groups/x",
    "POST, /ServiceProviderConfig",
    "GET, /ResourceTypes",
    "GET, /Schemas",
    "GET, /nothing",
    "OPTIONS, /Users",
    "GET, /../../scim/v2/Users"
  })
  void nothingIsReachableWithoutAToken(String method, String path) {
    Scim.Reply reply =
        Scim.send(Scim.bare(method, path, method.startsWith("P") ? "{}" : null).build());

    BadInputIT.assertError(reply, 401);
    assertThat(reply.header("WWW-Authenticate").orElse("")).startsWith("Bearer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer wrong",
        "Bearer ",
        "Bearer",
        "Basic b25lLXRva2VuLWZvci10ZXN0czo=",
        "one-token-for-tests",
        "Bearer one-token-for-tests2",
        "Bearer One-Token-For-Tests",
      })
  void aWrongTokenIsNoToken(String authorization) {
    Scim.Reply reply =
        Scim.send(
            Scim.bare("GET", "/Users", null).setHeader("Authorization", authorization).build());

    BadInputIT.assertError(reply, 401);
    assertThat(reply.text("/detail")).doesNotContain("one-token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer " + RealSurroundings.TOKEN,
        "bearer " + RealSurroundings.TOKEN,
        "Bearer " + RealSurroundings.OTHER_TOKEN
      })
  void everyConfiguredTokenOpens(String authorization) {
    assertThat(
            Scim.send(
                    Scim.bare("GET", "/Users?count=0", null)
                        .setHeader("Authorization", authorization)
                        .build())
                .status())
        .isEqualTo(200);
  }

  @Test
  void whoWasTurnedAwayIsInTheSecurityLogOnceWithACount() {
    try (Events events = new Events(Topic.SECURITY_EVENTS)) {
      for (int i = 0; i < 20; i++) {
        Scim.send(
            Scim.bare("GET", "/Users", null)
                .setHeader("Authorization", "Bearer guess-" + i)
                .build());
      }

      var told =
          events.await(
              1,
              e ->
                  e.event() instanceof AuthenticationFailed failed
                      && failed.reason().equals("unknown")
                      && failed.count() >= 20);
      assertThat(told).isNotEmpty();
      AuthenticationFailed failed = (AuthenticationFailed) told.get(0).event();
      assertThat(failed.source()).isEqualTo("default");
      assertThat(failed.remoteAddress()).isEqualTo("127.0.0.1");
      assertThat(events.text()).doesNotContain("guess-");
    }
  }

  @Test
  void guessingIsSlowedDownAndTroublesNoValidToken() throws Exception {
    Scim.Reply last = null;
    for (int i = 0; i < 300 && (last == null || last.status() == 401); i++) {
      last =
          Scim.send(
              Scim.bare("GET", "/Users", null)
                  .setHeader("Authorization", "Bearer guess-" + i)
                  .build());
    }

    BadInputIT.assertError(last, 429);
    assertThat(last.header("Retry-After")).isPresent();
    assertThat(Scim.get("/Users?count=0").status()).isEqualTo(200);
    // Other tests fail on purpose too, from this address.
    Thread.sleep(5_000);
  }

  @Test
  void healthNeedsNoToken() {
    Scim.Reply ready =
        Scim.send(
            Scim.bare("GET", "", null).uri(URI.create(Scim.root() + "/q/health/ready")).build());

    assertThat(ready.status()).as("%s", ready.body()).isEqualTo(200);
    assertThat(ready.body().toString())
        .contains("\"directory\"", "\"publishing\"", "\"leading\"", "waiting");
  }
}
