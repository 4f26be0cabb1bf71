package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.AuthenticationFailed;
import io.pgscim.events.CredentialExpiring;
import io.pgscim.events.CredentialIssued;
import io.pgscim.events.CredentialRevoked;
import io.pgscim.events.CredentialRotated;
import io.pgscim.events.SecurityEvent;
import io.pgscim.events.Topic;
import io.pgscim.ingest.clients.ExpiryWarnings;
import io.pgscim.ingest.clients.LastUse;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients and their secrets, from issue to end. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class CredentialsIT {
  @Inject ExpiryWarnings warnings;
  @Inject LastUse lastUse;

  @Test
  void aTokenOpensFromItsIssueToItsRevocation() {
    String client = client("okta");
    Scim.Reply issued = issue("okta", client, "{'kind': 'token'}");
    String token = issued.text("/secret");

    assertThat(token).startsWith("pgscim_").hasSize(7 + 43);
    assertThat(issued.header("Cache-Control")).contains("no-store");
    assertThat(status(token)).isEqualTo(200);
    assertThat(Scim.as(token, "GET", "/Users", null).status())
        .as("in no other source")
        .isEqualTo(401);
    assertThat(Scim.admin("DELETE", secret("okta", client, issued.id()), null).status())
        .isEqualTo(204);
    assertThat(status(token)).as("at once").isEqualTo(401);
    try (Events events = new Events(Topic.SECURITY_EVENTS)) {
      String id = issued.id();
      CredentialIssued made = await(events, CredentialIssued.class, e -> e.credential().equals(id));
      assertThat(made.source()).isEqualTo("okta");
      assertThat(made.client()).isEqualTo(client);
      await(events, CredentialRevoked.class, e -> e.credential().equals(id));
      await(
          events,
          AuthenticationFailed.class,
          e -> e.source().equals("okta") && e.reason().equals("revoked"));
      assertThat(events.text()).doesNotContain(token);
    }
  }

  @Test
  void aSecretIsNeitherStoredNorShownAgain() {
    String client = client("okta");
    Scim.Reply issued = issue("okta", client, "{'kind': 'token'}");

    Scim.Reply list = Scim.admin("GET", client("okta", client) + "/secrets", null);

    assertThat(list.text("/0/id")).isEqualTo(issued.id());
    assertThat(list.text("/0/state")).isEqualTo("valid");
    assertThat(list.body().toString()).doesNotContain(issued.text("/secret"));
    assertThat(
            DirectoryTables.number(
                "SELECT count(*) FROM scim.secret WHERE hash = '\\x"
                    + RealSurroundings.sha256(issued.text("/secret"))
                    + "'"))
        .isEqualTo(1);
  }

  @Test
  void whileRotatingTwoAreValidAndNeverThree() {
    String client = client("okta");
    Scim.Reply first = issue("okta", client, "{'kind': 'token'}");
    assertThat(issue("okta", client, "{'kind': 'token'}").status()).isEqualTo(409);

    Scim.Reply second = rotate("okta", client, first.id(), "{}");

    assertThat(second.status()).isEqualTo(201);
    assertThat(status(first.text("/secret"))).isEqualTo(200);
    assertThat(status(second.text("/secret"))).isEqualTo(200);
    assertThat(rotate("okta", client, second.id(), "{}").status()).isEqualTo(409);
    assertThat(Scim.admin("DELETE", secret("okta", client, first.id()), null).status())
        .isEqualTo(204);
    assertThat(status(first.text("/secret"))).isEqualTo(401);
    assertThat(status(second.text("/secret"))).isEqualTo(200);
    assertThat(rotate("okta", client, second.id(), "{}").status()).isEqualTo(201);
    try (Events events = new Events(Topic.SECURITY_EVENTS)) {
      assertThat(
              await(events, CredentialRotated.class, e -> e.credential().equals(second.id()))
                  .replaces())
          .isEqualTo(first.id());
    }
  }

  @Test
  void theOldOneEndsWhenTheRotationSaidSo() {
    String client = client("okta");
    Scim.Reply first = issue("okta", client, "{'kind': 'token'}");

    rotate("okta", client, first.id(), "{'oldEnds': '" + Instant.now().plusSeconds(2) + "'}");

    assertThat(status(first.text("/secret"))).isEqualTo(200);
    eventually(() -> status(first.text("/secret")) == 401);
  }

  @Test
  void anExpiredTokenIsToldApartInTheLog() {
    String client = client("okta");
    Scim.Reply issued =
        issue(
            "okta", client, "{'kind': 'token', 'expires': '" + Instant.now().plusSeconds(2) + "'}");

    assertThat(status(issued.text("/secret"))).isEqualTo(200);
    eventually(() -> status(issued.text("/secret")) == 401);
    try (Events events = new Events(Topic.SECURITY_EVENTS)) {
      events.await(
          1,
          e ->
              e.event() instanceof AuthenticationFailed failed
                  && failed.reason().equals("expired")
                  && e.cause().actor().equals("okta/" + client));
    }
  }

  @Test
  void whatAnotherInstanceChangedIsKnownWithinASecond() throws Exception {
    String client = client("okta");
    Scim.Reply issued = issue("okta", client, "{'kind': 'token'}");
    assertThat(status(issued.text("/secret"))).isEqualTo(200);

    DirectoryTables.execute(
        "UPDATE scim.secret SET ends = now() WHERE id = '"
            + issued.id()
            + "'; UPDATE scim.client_version SET value = value + 1");

    Thread.sleep(1_000);
    assertThat(status(issued.text("/secret"))).isEqualTo(401);
  }

  @Test
  void aTokenThatAnotherInstanceIssuedOpensAtOnce() {
    String client = client("okta");
    String text = "pgscim_issued-elsewhere-" + client;
    DirectoryTables.execute(
        "INSERT INTO scim.secret (id, client, kind, hash, created, created_by)"
            + " SELECT gen_random_uuid(), id, 'token', '\\x"
            + RealSurroundings.sha256(text)
            + "', now(), 'test' FROM scim.client WHERE source = 'okta' AND name = '"
            + client
            + "'; UPDATE scim.client_version SET value = value + 1");

    assertThat(status(text)).isEqualTo(200);
  }

  @Test
  void aDeletedClientOpensNothingAndItsNameIsFree() {
    String client = client("okta");
    String token = issue("okta", client, "{'kind': 'token'}").text("/secret");

    assertThat(Scim.admin("DELETE", client("okta", client), null).status()).isEqualTo(204);

    assertThat(status(token)).isEqualTo(401);
    assertThat(Scim.admin("GET", client("okta", client), null).status()).isEqualTo(404);
    assertThat(Scim.admin("POST", "/sources/okta/clients", "{'name': '" + client + "'}").status())
        .isEqualTo(201);
  }

  @Test
  void whatExpiresSoonIsAnnouncedOnceADay() throws Exception {
    String client = client("okta");
    Scim.Reply soon =
        issue(
            "okta",
            client,
            "{'kind': 'token', 'expires': '" + Instant.now().plus(Duration.ofDays(13)) + "'}");
    issue(
        "okta",
        client,
        "{'kind': 'secret', 'expires': '" + Instant.now().plus(Duration.ofDays(15)) + "'}");

    int first = warnings.announce().toCompletionStage().toCompletableFuture().get();
    int second = warnings.announce().toCompletionStage().toCompletableFuture().get();

    assertThat(first).isGreaterThanOrEqualTo(1);
    assertThat(second).isZero();
    try (Events events = new Events(Topic.SECURITY_EVENTS)) {
      await(events, CredentialExpiring.class, e -> e.credential().equals(soon.id()));
      assertThat(
              events.settled(
                  e ->
                      e.event() instanceof CredentialExpiring expiring
                          && expiring.client().equals(client)))
          .hasSize(1);
    }
  }

  @Test
  void lastUseIsRemembered() throws Exception {
    String client = client("okta");
    Scim.Reply issued = issue("okta", client, "{'kind': 'token'}");
    assertThat(
            Scim.admin("GET", client("okta", client) + "/secrets", null).at("/0/lastUsed").isNull())
        .isTrue();
    status(issued.text("/secret"));

    lastUse.write().toCompletionStage().toCompletableFuture().get();

    Instant used =
        Instant.parse(
            Scim.admin("GET", client("okta", client) + "/secrets", null).text("/0/lastUsed"));
    assertThat(Duration.between(used, Instant.now())).isLessThan(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "one-token-for-tests",
        "okta-token-for-tests",
        "admin-token-for-tests2",
        "",
      })
  void onlyAdministratorsGetIn(String token) {
    for (String path : new String[] {"/admin/sources", "/admin/nothing", "/admin"}) {
      Scim.Reply reply =
          Scim.send(
              Scim.bare("GET", "", null)
                  .uri(URI.create(Scim.root() + path))
                  .setHeader("Authorization", "Bearer " + token)
                  .build());

      assertThat(reply.status()).as(path).isEqualTo(401);
      assertThat(reply.header("Content-Type").orElse("")).startsWith("application/problem+json");
    }
  }

  @Test
  void administratorsAreClientsToo() {
    String client = client("admin");
    Scim.Reply issued = issue("admin", client, "{'kind': 'token'}");

    Scim.Reply sources =
        Scim.send(
            Scim.bare("GET", "", null)
                .uri(URI.create(Scim.root() + "/admin/sources"))
                .setHeader("Authorization", "Bearer " + issued.text("/secret"))
                .build());

    assertThat(sources.status()).isEqualTo(200);
    assertThat(sources.body().findValuesAsText("name"))
        .containsExactly("afar", "default", "okta", "slow");
    assertThat(Scim.as(issued.text("/secret"), "GET", "/Users", null).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST | /sources/okta/clients | {} | 400",
        "POST | /sources/okta/clients | {'name': 'Not Good'} | 400",
        "POST | /sources/okta/clients | {'name': 'x', 'me': 'nobody'} | 400",
        "POST | /sources/okta/clients | nonsense | 400",
        "POST | /sources/nowhere/clients | {'name': 'x'} | 404",
        "GET | /sources/okta/clients/nobody | `` | 404",
        "POST | /sources/okta/clients/nobody/secrets | {'kind': 'token'} | 404",
        "POST | /sources/okta/clients/nobody/secrets | {'kind': 'access'} | 400",
        "DELETE | /sources/okta/clients/nobody | `` | 404",
        "PUT | /sources | {} | 405",
        "GET | /nothing | `` | 404",
      })
  void whatIsWrongIsAProblem(String method, String path, String body, int status) {
    Scim.Reply reply = Scim.admin(method, path, body.isEmpty() ? null : body);

    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(status);
    assertThat(reply.header("Content-Type").orElse("")).startsWith("application/problem+json");
    assertThat(reply.text("/detail")).isNotEmpty();
  }

  private static String client(String source) {
    String name = Scim.name("client");
    Scim.Reply made =
        Scim.admin("POST", "/sources/" + source + "/clients", "{'name': '" + name + "'}");
    assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
    return name;
  }

  private static String client(String source, String name) {
    return "/sources/" + source + "/clients/" + name;
  }

  private static String secret(String source, String client, String id) {
    return client(source, client) + "/secrets/" + id;
  }

  private static Scim.Reply issue(String source, String client, String body) {
    return Scim.admin("POST", client(source, client) + "/secrets", body);
  }

  private static Scim.Reply rotate(String source, String client, String id, String body) {
    return Scim.admin("POST", secret(source, client, id) + "/rotate", body);
  }

  private static int status(String token) {
    return Scim.as(token, "GET", "/okta/Users?count=0", null).status();
  }

  private static <E extends SecurityEvent> E await(
      Events events, Class<E> type, Predicate<E> wanted) {
    var found =
        events.await(1, e -> type.isInstance(e.event()) && wanted.test(type.cast(e.event())));
    assertThat(found).as(type.getSimpleName()).isNotEmpty();
    return type.cast(found.get(0).event());
  }

  private static void eventually(BooleanSupplier condition) {
    Instant deadline = Instant.now().plusSeconds(10);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(deadline);
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
