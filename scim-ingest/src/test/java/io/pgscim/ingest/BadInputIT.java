package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.events.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7644 §3.12: whatever is wrong gets a SCIM error, and leaves no trace. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class BadInputIT {
  private long resources;
  private long published;

  @BeforeEach
  void count() {
    resources = DirectoryTables.number("SELECT count(*) FROM scim.resource");
    published = positions();
  }

  @AfterEach
  void nothingWasStoredAndNoEventWasMade() {
    assertThat(DirectoryTables.number("SELECT count(*) FROM scim.resource")).isEqualTo(resources);
    assertThat(positions()).as("identity events ever written").isEqualTo(published);
    assertThat(Scim.get("/ServiceProviderConfig").status()).isEqualTo(200);
  }

  /** Of identity events: that requests were refused is told in the security log. */
  private static long positions() {
    try (Events events = new Events(Topic.IDENTITY_EVENTS)) {
      return events.end()
          + DirectoryTables.number(
              "SELECT count(*) FROM scim.outbox WHERE aggregatetype = 'identity-events'");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'userName': | invalidSyntax",
        "`` | invalidSyntax",
        "[] | invalidSyntax",
        "'x' | invalidSyntax",
        "null | invalidSyntax",
        "{'userName': 'a', 'userName': 'b'} | invalidSyntax",
        "{'userName': 'a', 'UserName': 'b'} | invalidSyntax",
        "{'userName': 'a'} trailing | invalidSyntax",
        "{'schemas': 'x', 'userName': 'a'} | invalidSyntax",
        "{} | invalidValue",
        "{'userName': ''} | invalidValue",
        "{'userName': 5, 'active': 'maybe'} | invalidValue",
        "{'userName': {'a': 1}} | invalidValue",
        "{'userName': 'a', 'emails': 'x', 'name': 'y'} | invalidValue",
        "{'userName': 'a\\u0000b'} | invalidValue",
        "{'userName': 'a', 'displayName': 'x\\u0000'} | invalidValue",
        "{'userName': 'a', 'emails': [{'value': 'x\\u0000'}]} | invalidValue",
        "{'userName': 'a\\u0007b'} | invalidValue",
        "{'userName': 'a\\ud800'} | invalidValue",
        "{'userName': 'a', 'emails': [{'value': 'x', 'primary': true}, {'value': 'y', 'primary': true}]} | invalidValue",
      })
  void aBodyThatIsWrong(String body, String scimType) {
    Scim.Reply reply = Scim.post("/Users", body == null ? "" : body);

    assertError(reply, 400);
    assertThat(reply.text("/scimType")).isEqualTo(scimType);
  }

  /**
   * Large bodies beyond the few that memory has room for may come back later; none is lost track
   * of.
   */
  @Test
  void largeBodiesTakeTurns() {
    String ballast = "x".repeat(3_000_000);
    List<CompletableFuture<Scim.Reply>> sent = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      sent.add(Scim.sending(Scim.request("POST", "/Users", large(ballast))));
    }

    for (CompletableFuture<Scim.Reply> reply : sent) {
      assertThat(reply.join().status()).isIn(400, 429);
      assertError(reply.join(), reply.join().status());
    }
    for (int i = 0; i < 5; i++) {
      assertError(Scim.post("/Users", large(ballast)), 400);
    }
  }

  private static String large(String ballast) {
    return "{'userName': '', 'ballast': '" + ballast + "'}";
  }

  @Test
  void aNameThatIsTooLong() {
    Scim.Reply reply = Scim.user("x".repeat(1_025));

    assertError(reply, 400);
    assertThat(reply.text("/detail")).isEqualTo("userName has more than 1024 bytes");
  }

  @Test
  void deepNesting() {
    assertError(Scim.post("/Users", "{'a':".repeat(5_000) + "1" + "}".repeat(5_000)), 400);
  }

  @Test
  void aResourceThatIsTooLarge() {
    String large = "{'value': '" + "x".repeat(60_000) + "', 'type': 't%d'}";
    StringBuilder roles = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      roles.append(i == 0 ? "" : ",").append(large.formatted(i));
    }

    assertError(Scim.post("/Users", "{'userName': 'large', 'roles': [" + roles + "]}"), 400);
  }

  @Test
  void aBodyOfFortyMegabytes() {
    Scim.Reply reply = Scim.user("x".repeat(40_000_000));

    assertError(reply, 413);
  }

  @Test
  void aChunkedBodyOfFortyMegabytes() throws IOException {
    try (Socket socket = open()) {
      socket
          .getOutputStream()
          .write(
              ("POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                      + RealSurroundings.TOKEN
                      + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] chunk =
          ("100000\r\n" + "x".repeat(0x100000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 40; i++) {
        socket.getOutputStream().write(chunk);
      }
      socket.getOutputStream().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(firstLine(socket)).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void invalidUtf8() throws IOException {
    try (Socket socket = open()) {
      byte[] body = {
        '{', '"', 'u', 's', 'e', 'r', 'N', 'a', 'm', 'e', '"', ':', '"', (byte) 0xFF, '"', '}'
      };
      socket
          .getOutputStream()
          .write(
              ("POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                      + RealSurroundings.TOKEN
                      + "\r\nContent-Length: 16\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      assertThat(firstLine(socket)).startsWith("HTTP/1.1 400");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /, 405",
    "GET, /Things, 404",
    "GET, /users, 404",
    "POST, /Things, 404",
    "GET, /Users/1/2, 404",
    "GET, /Users/no-such-id, 404",
    "GET, /Users/00000000-0000-0000-0000-000000000000, 404",
    "DELETE, /Users/00000000-0000-0000-0000-000000000000, 404",
    "GET, /Schemas/urn:x:y, 404",
    "GET, /ResourceTypes/Thing, 404",
    "GET, /ServiceProviderConfig/x, 404",
    "GET, /Users/%00, 404",
    "GET, /Users/%E0%80, 404",
    "DELETE, /Users, 405",
    "PATCH, /Users, 405",
    "POST, /ServiceProviderConfig, 405",
    "PUT, /Schemas, 405",
    "OPTIONS, /Users, 405",
    "POST, /Users/00000000-0000-0000-0000-000000000000, 405",
    "GET, /Schemas?filter=name%20pr, 403",
    "GET, /ResourceTypes?filter=name%20pr, 403",
    "GET, /Bulk, 405",
    "POST, /Bulk/x, 404",
    "GET, /Me, 404",
    "DELETE, /Me, 404",
    "POST, /Me, 501",
    "GET, /Users?filter=, 400",
    "GET, /Users?filter=userName, 400",
    "GET, /Users?filter=shoeSize%20eq%201, 400",
    "GET, /Users?filter=password%20eq%20%22x%22, 400",
    "GET, /Users?filter=meta.location%20pr, 400",
    "GET, /Users?startIndex=x, 400",
    "GET, /Users?count=1.5, 400",
    "GET, /Users?attributes=id&excludedAttributes=name, 400",
  })
  void aRequestThatIsWrong(String method, String path, int status) {
    assertError(Scim.send(method, path, method.startsWith("P") ? "{}" : null), status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/scim", "/scim/", "/scim/v1/Users", "/scim/v2x/Users", "/scim/v22"})
  void everyPathBelowScimAnswersInScim(String path) {
    Scim.Reply reply =
        Scim.send(
            Scim.bare("GET", "/", null)
                .uri(URI.create(Scim.root() + path))
                .setHeader("Authorization", "Bearer " + RealSurroundings.TOKEN)
                .build());

    assertError(reply, 404);
  }

  @Test
  void anotherMediaType() {
    for (String type :
        new String[] {"text/plain", "application/xml", "application/json; charset=utf-16"}) {
      assertError(Scim.send("POST", "/Users", "{'userName': 'typed'}", "Content-Type", type), 415);
    }
  }

  @Test
  void aMethodThatIsNotAllowedIsToldWhatIs() {
    assertThat(Scim.send("PATCH", "/Users", "{}").header("Allow")).contains("GET, POST");
  }

  @Test
  void sqlInEveryPlaceIsText() {
    String nasty = "x%27%22%3B%20DROP%20TABLE%20scim.resource%3B--";
    assertThat(
            Scim.list("/Users", "userName eq \"'; DROP TABLE scim.resource;--\"")
                .text("/totalResults"))
        .isEqualTo("0");
    assertThat(Scim.list("/Users", "emails[type eq \"' OR 1=1 --\"]").text("/totalResults"))
        .isEqualTo("0");
    assertError(Scim.get("/Users/" + nasty), 404);
    assertError(Scim.get("/" + nasty), 404);
    assertError(Scim.list("/Users", "userName'; DROP TABLE scim.resource;-- eq \"x\""), 400);
    assertThat(Scim.get("/Users?attributes=" + nasty + "&startIndex=1").status()).isEqualTo(200);
  }

  private static Socket open() throws IOException {
    Socket socket = new Socket("127.0.0.1", URI.create(Scim.base()).getPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static String firstLine(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  static void assertError(Scim.Reply reply, int status) {
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).contains("application/scim+json");
    assertThat(reply.text("/schemas/0")).isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
    assertThat(reply.text("/status")).isEqualTo(Integer.toString(status));
    assertThat(reply.text("/detail")).isNotBlank();
  }
}
