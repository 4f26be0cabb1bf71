package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** RFC 7644 §3.11. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class MeIT {
  @Test
  void isTheUserThatTheClientStandsFor() {
    String name = Scim.name("me");
    String id = Scim.user(name).id();
    String location = Scim.root() + "/standing/Users/" + id;

    Scim.Reply read = me("GET", id, null);
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.id()).isEqualTo(id);
    assertThat(read.text("/meta/location")).isEqualTo(location);
    assertThat(read.header("Location")).contains(location);

    Scim.Reply patched =
        me("PATCH", id, Scim.patchBody("{'op': 'add', 'path': 'title', 'value': 'x'}"));
    assertThat(patched.text("/title")).isEqualTo("x");
    assertThat(patched.header("Location")).contains(location);

    Scim.Reply put = me("PUT", id, "{'userName': '" + name + "', 'nickName': 'n'}");
    assertThat(put.text("/nickName")).isEqualTo("n");
    assertThat(put.header("Location")).contains(location);

    Scim.Reply wrong = me("PUT", id, "{'userName': {'a': 1}}");
    BadInputIT.assertError(wrong, 400);
    assertThat(wrong.header("Location")).as("in any response").contains(location);

    Scim.Reply deleted = me("DELETE", id, null);
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.header("Location")).contains(location);
    BadInputIT.assertError(Scim.get("/Users/" + id), 404);
    BadInputIT.assertError(me("GET", id, null), 404);
  }

  @Test
  void isNobodyForAClientThatStandsForNoUser() {
    Scim.Reply reply = Scim.get("/Me");

    BadInputIT.assertError(reply, 404);
    assertThat(reply.text("/detail")).contains("stands for no user");
    assertThat(reply.header("Location")).isEmpty();
  }

  @Test
  void createsNobody() {
    String id = Scim.user(Scim.name("me")).id();

    BadInputIT.assertError(me("POST", id, "{'userName': '" + Scim.name("me") + "'}"), 501);
  }

  private static Scim.Reply me(String method, String user, String body) {
    return Scim.send(
        Scim.bare(method, "", body)
            .uri(URI.create(Scim.root() + "/standing/Me"))
            .setHeader("Stands-For", user)
            .build());
  }
}
