package io.pgscim.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;

/** A client of the service under test. Bodies may be written with single quotes. */
final class Scim {
  static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
  static final String PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final AtomicInteger NAMES = new AtomicInteger();

  private Scim() {}

  /** What came back. */
  record Reply(int status, JsonNode body, HttpResponse<byte[]> http) {
    JsonNode at(String pointer) {
      return body.at(pointer);
    }

    String text(String pointer) {
      return body.at(pointer).asText();
    }

    String id() {
      return text("/id");
    }

    Optional<String> header(String name) {
      return http.headers().firstValue(name);
    }
  }

  static Reply get(String path) {
    return send("GET", path, null);
  }

  static Reply list(String endpoint, String filter) {
    return get(endpoint + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
  }

  static Reply post(String path, String body) {
    return send("POST", path, body);
  }

  static Reply put(String path, String body) {
    return send("PUT", path, body);
  }

  static Reply patch(String path, String operations) {
    return send("PATCH", path, patchBody(operations));
  }

  static String patchBody(String operations) {
    return "{'schemas': ['" + PATCH_OP + "'], 'Operations': [" + operations + "]}";
  }

  static Reply delete(String path) {
    return send("DELETE", path, null);
  }

  static Reply send(String method, String path, String body, String... headers) {
    return send(request(method, path, body, headers));
  }

  static HttpRequest request(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        bare(method, path, body)
            .setHeader("Authorization", "Bearer " + RealSurroundings.TOKEN)
            .setHeader("Content-Type", "application/scim+json");
    if (headers.length > 0) {
      for (int i = 0; i < headers.length; i += 2) {
        request.setHeader(headers[i], headers[i + 1]);
      }
    }
    return request.build();
  }

  /** As a client of another source, below a path of its own. */
  static Reply as(String token, String method, String path, String body) {
    return send(
        bare(method, path, body)
            .setHeader("Authorization", "Bearer " + token)
            .setHeader("Content-Type", "application/json")
            .build());
  }

  /** To the admin API. */
  static Reply admin(String method, String path, String body) {
    return send(
        bare(method, "", body)
            .uri(URI.create(root() + "/admin" + path))
            .setHeader("Authorization", "Bearer " + RealSurroundings.ADMIN_TOKEN)
            .setHeader("Content-Type", "application/json")
            .build());
  }

  /** Without a token. */
  static HttpRequest.Builder bare(String method, String path, String body) {
    return HttpRequest.newBuilder(URI.create(base() + path))
        .method(
            method,
            body == null
                ? BodyPublishers.noBody()
                : BodyPublishers.ofByteArray(
                    body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }

  static Reply send(HttpRequest request) {
    try {
      return reply(HTTP.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static CompletableFuture<Reply> sending(HttpRequest request) {
    return HTTP.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(Scim::reply);
  }

  private static Reply reply(HttpResponse<byte[]> http) {
    try {
      JsonNode body =
          http.body().length == 0 ? MissingNode.getInstance() : JSON.readTree(http.body());
      Shape.check(http, body);
      return new Reply(http.statusCode(), body, http);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "not JSON: " + new String(http.body(), StandardCharsets.UTF_8), e);
    }
  }

  static String base() {
    return root() + "/scim/v2";
  }

  static String root() {
    return "http://127.0.0.1:"
        + ConfigProvider.getConfig().getValue("quarkus.http.test-port", String.class);
  }

  /** A name that no other test uses. */
  static String name(String stem) {
    return stem + "-" + NAMES.incrementAndGet();
  }

  /** A new user. */
  static Reply user(String userName) {
    return post(
        "/Users", "{'schemas': ['" + USER + "'], 'userName': '" + userName + "', 'active': true}");
  }

  /** A new group with these members. */
  static Reply group(String displayName, String... members) {
    StringBuilder list = new StringBuilder();
    for (String member : members) {
      list.append(list.isEmpty() ? "" : ",").append("{'value': '").append(member).append("'}");
    }
    return post(
        "/Groups",
        String.format(Locale.ROOT, "{'displayName': '%s', 'members': [%s]}", displayName, list));
  }
}
