package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 7644 §3.11. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class MeIT {
  @Test
  @DisplayName(
      "RFC 7644 §3.11: /Me is the user that the client stands for, with its permanent Location")
  void isTheUserThatTheClientStandsFor() {
    String name = Scim.name("me");
    String id = Scim.user(name).id();
    String location = Scim.base() + "/Users/" + id;

    String token = Party.LENIENT.standingFor(id);

    Scim.Reply read = Scim.as(token, "GET", "/Me", null);
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.id()).isEqualTo(id);
    assertThat(read.text("/meta/location")).isEqualTo(location);
    assertThat(read.header("Location")).contains(location);

    Scim.Reply patched =
        Scim.as(
            token, "PATCH", "/Me", Scim.patchBody("{'op': 'add', 'path': 'title', 'value': 'x'}"));
    assertThat(patched.text("/title")).isEqualTo("x");
    assertThat(patched.header("Location")).contains(location);

    Scim.Reply put = Scim.as(token, "PUT", "/Me", "{'userName': '" + name + "', 'nickName': 'n'}");
    assertThat(put.text("/nickName")).isEqualTo("n");
    assertThat(put.header("Location")).contains(location);

    Scim.Reply wrong = Scim.as(token, "PUT", "/Me", "{'userName': {'a': 1}}");
    BadInputIT.assertError(wrong, 400);
    assertThat(wrong.header("Location")).as("in any response").contains(location);

    Scim.Reply deleted = Scim.as(token, "DELETE", "/Me", null);
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.header("Location")).contains(location);
    BadInputIT.assertError(Scim.get("/Users/" + id), 404);
    BadInputIT.assertError(Scim.as(token, "GET", "/Me", null), 404);
  }

  @Test
  @DisplayName("RFC 7644 §3.11: /Me of a client that stands for nobody is 404")
  void isNobodyForAClientThatStandsForNoUser() {
    Scim.Reply reply = Scim.get("/Me");

    BadInputIT.assertError(reply, 404);
    assertThat(reply.text("/detail")).contains("stands for no user");
    assertThat(reply.header("Location")).isEmpty();
  }

  @Test
  void createsNobody() {
    String id = Scim.user(Scim.name("me")).id();

    BadInputIT.assertError(
        Scim.as(
            Party.LENIENT.standingFor(id),
            "POST",
            "/Me",
            "{'userName': '" + Scim.name("me") + "'}"),
        501);
  }
}
