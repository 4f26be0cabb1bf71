package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6749 §4.4, RFC 8414: a client secret becomes an access token. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class OAuthIT {
  private String name;
  private String id;
  private String secret;

  @BeforeEach
  void client() {
    name = Scim.name("oauth");
    Scim.admin("POST", "/sources/okta/clients", "{'name': '" + name + "'}");
    Scim.Reply issued =
        Scim.admin("POST", "/sources/okta/clients/" + name + "/secrets", "{'kind': 'secret'}");
    id = issued.id();
    secret = issued.text("/secret");
  }

  /** RFC 6749 §2.3.1, §5.1. */
  @Test
  @DisplayName("RFC 6749 §4.4: an access token for client credentials")
  void anAccessTokenForBasicCredentials() {
    Scim.Reply reply = token(basic("okta%2F" + name, secret), "grant_type=client_credentials");

    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
    assertThat(reply.text("/token_type")).isEqualTo("Bearer");
    assertThat(reply.at("/expires_in").asInt()).isEqualTo(3600);
    assertThat(reply.header("Cache-Control")).contains("no-store");
    assertThat(status(reply.text("/access_token"))).isEqualTo(200);
    assertThat(Scim.as(reply.text("/access_token"), "GET", "/Users", null).status()).isEqualTo(401);
  }

  @Test
  void anAccessTokenForCredentialsInTheBody() {
    Scim.Reply reply = token(null, form("okta/" + name, secret));

    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
    assertThat(status(reply.text("/access_token"))).isEqualTo(200);
  }

  @Test
  void aClientSecretIsNoBearerTokenAndTheOtherWayRound() {
    String access = token(null, form("okta/" + name, secret)).text("/access_token");

    assertThat(status(secret)).isEqualTo(401);
    assertThat(token(null, form("okta/" + name, access)).status()).isEqualTo(401);
    assertThat(token(null, form("okta/token-1", RealSurroundings.OKTA_TOKEN)).status())
        .isEqualTo(401);
  }

  @Test
  void accessTokensEndWithTheirSecret() {
    String access = token(null, form("okta/" + name, secret)).text("/access_token");
    assertThat(status(access)).isEqualTo(200);

    Scim.admin("DELETE", "/sources/okta/clients/" + name + "/secrets/" + id, null);

    assertThat(status(access)).isEqualTo(401);
    assertThat(token(null, form("okta/" + name, secret)).status()).isEqualTo(401);
  }

  @Test
  void theTokensOfOneSecretStayFew() {
    for (int i = 0; i < 110; i++) {
      token(null, form("okta/" + name, secret));
    }

    assertThat(
            DirectoryTables.number(
                "SELECT count(*) FROM scim.access_token WHERE secret = '" + id + "'"))
        .isEqualTo(100);
  }

  /** RFC 6749 §5.2. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | 400 | invalid_request",
        "grant_type= | 400 | invalid_request",
        "grant_type=password&username=a&password=b | 400 | unsupported_grant_type",
        "grant_type=client_credentials&grant_type=client_credentials | 400 | invalid_request",
        "grant_type=%zz | 400 | invalid_request",
        "grant_type=client_credentials | 401 | invalid_client",
        "grant_type=client_credentials&client_id=okta/nobody&client_secret=x | 401 | invalid_client",
        "grant_type=client_credentials&client_id=nobody&client_secret=x | 401 | invalid_client",
      })
  void errorsAreThoseOfOAuth(String body, int status, String error) {
    Scim.Reply reply = token(null, body);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.text("/error")).isEqualTo(error);
    assertThat(reply.header("Cache-Control")).contains("no-store");
  }

  @Test
  @DisplayName("RFC 6749 §5.2: invalid_client is 401 with WWW-Authenticate")
  void wrongBasicCredentialsAreAnsweredInKind() {
    Scim.Reply reply = token(basic("okta/" + name, "wrong"), "grant_type=client_credentials");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate").orElse("")).startsWith("Basic");
  }

  @Test
  void aGiantFormIsRefused() {
    assertThat(token(null, "grant_type=" + "x".repeat(100_000)).status()).isEqualTo(413);
  }

  /** RFC 8414 §3. */
  @Test
  void theMetadataSaysWhereTokensAre() {
    Scim.Reply reply =
        Scim.send(
            Scim.bare("GET", "", null)
                .uri(URI.create(Scim.root() + "/.well-known/oauth-authorization-server"))
                .build());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("/issuer")).isEqualTo(Scim.root());
    assertThat(reply.text("/token_endpoint")).isEqualTo(Scim.root() + "/oauth2/token");
    assertThat(Scim.get("/ServiceProviderConfig").body().findValuesAsText("type"))
        .containsExactly("oauthbearertoken", "oauth2");
  }

  private static Scim.Reply token(String authorization, String form) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(Scim.root() + "/oauth2/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return Scim.send(request.build());
  }

  private static String basic(String client, String secret) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }

  private static String form(String client, String secret) {
    return "grant_type=client_credentials&client_id="
        + URLEncoder.encode(client, StandardCharsets.UTF_8)
        + "&client_secret="
        + secret;
  }

  private static int status(String token) {
    return Scim.as(token, "GET", "/okta/Users?count=0", null).status();
  }
}
