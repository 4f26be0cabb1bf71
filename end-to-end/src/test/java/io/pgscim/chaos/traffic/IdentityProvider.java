package io.pgscim.chaos.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.chaos.history.Happening.Outcome;
import io.pgscim.chaos.history.History;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends each push until it is answered, with the same body, ever more slowly, and writes down every
 * attempt and its answer.
 */
public final class IdentityProvider {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LAST_PAUSE_MILLIS = 2_000;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String base;
  private final String token;
  private final History history;
  private final AtomicInteger pushes = new AtomicInteger();

  /**
   * @param base the SCIM service provider
   */
  public IdentityProvider(String base, String token, History history) {
    this.base = base;
    this.token = token;
    this.history = history;
  }

  private record Answer(int status, JsonNode body, String etag) {
    boolean tellsNothing() {
      return status >= 500 || status == 429 || status == 408;
    }
  }

  /** How many pushes there were. */
  public int pushes() {
    return pushes.get();
  }

  /**
   * Returns once it was answered.
   *
   * @return the id of the resource; null when the push was refused
   */
  String push(Push push, Random random) throws InterruptedException {
    int number = pushes.incrementAndGet();
    for (int attempt = 0; ; attempt++) {
      history.sent(number, attempt, push.kind(), push.sets());
      Answer answer = null;
      try {
        answer = send(push.method(), push.path(), push.body());
        if (!answer.tellsNothing() && answer.status() >= 400) {
          answer = meant(push, answer);
        }
      } catch (IOException noAnswer) {
        // Cut, killed or too slow.
      }
      if (answer != null && !answer.tellsNothing()) {
        boolean done = answer.status() < 400;
        String id = done ? id(push, answer) : null;
        history.answered(
            number,
            attempt,
            done ? Outcome.ACKNOWLEDGED : Outcome.REFUSED,
            answer.status(),
            done ? key(push, id) : null,
            done ? version(answer) : 0);
        return id;
      }
      history.answered(
          number, attempt, Outcome.LOST, answer == null ? 0 : answer.status(), null, 0);
      Thread.sleep(pause(attempt, random));
    }
  }

  /**
   * Every resource of a type.
   *
   * @throws IOException when the service does not answer
   */
  JsonNode list(String type) throws IOException, InterruptedException {
    Answer page = send("GET", "/" + type + "?count=1000", null);
    JsonNode resources = page.body().path("Resources");
    if (page.status() != 200 || page.body().path("totalResults").asInt() != resources.size()) {
      throw new IOException("the list of " + type + " is not whole: " + page.status());
    }
    return resources;
  }

  /**
   * The errors that say that an earlier attempt had come through: the name is taken by what was
   * created, what was deleted is not there.
   */
  private Answer meant(Push push, Answer answer) throws IOException, InterruptedException {
    if (push.method().equals("DELETE") && answer.status() == 404) {
      return new Answer(204, null, null);
    }
    if (push.method().equals("POST") && answer.status() == 409) {
      String name = push.path().equals("/Users") ? "userName" : "displayName";
      String filter = name + " eq " + push.body().path(name);
      Answer found =
          send(
              "GET",
              push.path() + "?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8),
              null);
      JsonNode resource = found.body().path("Resources").path(0);
      return found.status() == 200 && resource.has("id")
          ? new Answer(200, resource, null)
          : new Answer(503, null, null);
    }
    return answer;
  }

  private Answer send(String method, String path, JsonNode body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/scim+json")
            .header("Authorization", "Bearer " + token)
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString("" + body))
            .build();
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    return new Answer(
        response.statusCode(),
        response.body().length == 0 ? null : JSON.readTree(response.body()),
        response.headers().firstValue("ETag").orElse(null));
  }

  private static String id(Push push, Answer answer) {
    return push.method().equals("POST")
        ? answer.body().path("id").asText()
        : push.path().substring(push.path().lastIndexOf('/') + 1);
  }

  private static String key(Push push, String id) {
    return (push.path().startsWith("/Users") ? "user/" : "group/") + id;
  }

  /** Entity tags are {@code W/"version"}. */
  private static long version(Answer answer) {
    String tag =
        answer.etag() != null || answer.body() == null
            ? answer.etag()
            : answer.body().path("meta").path("version").asText();
    return tag == null ? 0 : Long.parseLong(tag.replaceAll("[^0-9]", ""));
  }

  private static long pause(int attempt, Random random) {
    long pause = Math.min(LAST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempt, 10));
    return pause / 2 + random.nextLong(pause);
  }
}
