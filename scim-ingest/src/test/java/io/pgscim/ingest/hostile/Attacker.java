package io.pgscim.ingest.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.ingest.hostile.Wire.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A client of one source that writes its requests by hand, each over a connection of its own. */
record Attacker(int port, String token, String base) {
  static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

  /** What no answer may hold: Java, Quarkus, SQL, and what they say when they fail. */
  private static final Pattern INNARDS =
      Pattern.compile(
          "(?i)exception|\\bat (io|java|com)\\.|io\\.vertx|netty|quarkus|jackson|sqlstate"
              + "|\\bselect\\b.*\\bfrom\\b|scim\\.resource|jsonb|postgres|error id");

  Reply send(String method, String path, String body, String... headers) {
    return send(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  Reply send(String method, String path, byte[] body, String... headers) {
    return raw(request(method, path, body, headers), !method.equals("HEAD"));
  }

  Reply get(String path) {
    return send("GET", path, new byte[0]);
  }

  /** A list that a filter picks. */
  Reply filter(String endpoint, String filter) {
    return get(endpoint + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
  }

  Reply patch(String path, String operations) {
    return send(
        "PATCH", path, "{\"schemas\":[\"" + PATCH + "\"],\"Operations\":[" + operations + "]}");
  }

  /** The id of a new user. */
  String user(String attributes) {
    Reply reply = send("POST", "/Users", "{" + attributes + "}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return reply.json().path("id").asText();
  }

  /** One request as bytes; a path that does not begin with a slash is the whole target. */
  byte[] request(String method, String path, byte[] body, String... headers) {
    StringBuilder head = new StringBuilder();
    String target = path.startsWith("/") ? base + path : path;
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    head.append("Host: scim.example\r\nConnection: close\r\n");
    if (token != null) {
      head.append("Authorization: Bearer ").append(token).append("\r\n");
    }
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    for (int i = 0; i < headers.length; i += 2) {
      head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    request.writeBytes(body);
    return request.toByteArray();
  }

  Reply raw(byte[] request, boolean withBody) {
    try (Wire wire = Wire.to(port)) {
      wire.send(request);
      Reply reply = withBody ? wire.reply() : wire.bodiless();
      if (reply != null) {
        assertKeepsToItself(reply);
      }
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertKeepsToItself(Reply reply) {
    if (reply.status() >= 400) {
      assertThat(reply.text()).doesNotContainPattern(INNARDS);
      assertThat(reply.status()).as(reply.text()).isLessThan(500);
    }
  }

  /** Whatever error it is, it is the client's. */
  static void assertError(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isBetween(400, 499);
  }

  /** A SCIM error of this status (RFC 7644 §3.12). */
  static void assertRefused(String what, Reply reply, Integer... statuses) {
    assertThat(reply).as(what).isNotNull();
    assertThat(reply.status()).as("%s: %s", what, reply.text()).isIn((Object[]) statuses);
    assertThat(reply.headers().get("content-type")).as(what).isEqualTo("application/scim+json");
    assertThat(reply.json().at("/schemas/0").asText())
        .as(what)
        .isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
    assertThat(reply.json().path("status").asText()).as(what).isEqualTo("" + reply.status());
    assertThat(reply.json().path("detail").asText()).as(what).isNotBlank();
  }
}
