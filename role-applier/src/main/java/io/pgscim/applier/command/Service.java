package io.pgscim.applier.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running role-applier. */
final class Service implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern NEXT =
      Pattern.compile("<\\?(?:[^>]*&)?after=([^>&]*)[^>]*>; rel=\"next\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final Optional<String> token;

  /** It refused, or cannot be reached; the message says why. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }

    Refused(String message) {
      this(0, message);
    }

    /** Whether there is no such thing. */
    boolean isNotFound() {
      return status == 404;
    }
  }

  /**
   * A text for people, or a part of it.
   *
   * @param after of the next part, encoded; empty on the last one
   */
  record Text(String text, Optional<String> after) {}

  Service(String url, Optional<String> token) {
    this.url = url.replaceFirst("/+$", "");
    this.token = token;
  }

  JsonNode get(String path) throws Refused {
    return json(send(request(path).header("Accept", "application/json").GET()));
  }

  /** The same for people. */
  Text text(String path) throws Refused {
    HttpResponse<byte[]> response = send(request(path).header("Accept", "text/markdown").GET());
    return new Text(
        new String(response.body(), StandardCharsets.UTF_8),
        response
            .headers()
            .firstValue("Link")
            .map(NEXT::matcher)
            .filter(Matcher::matches)
            .map(link -> link.group(1)));
  }

  /** Sends text of that media type. */
  JsonNode post(String path, String type, byte[] body) throws Refused {
    BodyPublisher bytes = BodyPublishers.ofByteArray(body);
    return json(send(request(path).header("Content-Type", type).POST(bytes)));
  }

  private HttpRequest.Builder request(String path) {
    var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request;
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Refused {
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      if (response.statusCode() / 100 != 2) {
        throw new Refused(
            response.statusCode(), words(response.statusCode(), parsed(response.body())));
      }
      return response;
    } catch (ConnectException e) {
      throw new Refused("nothing answers at " + url + ": is role-applier running? (--url)");
    } catch (IOException e) {
      throw notProperly(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused("interrupted");
    }
  }

  private JsonNode json(HttpResponse<byte[]> response) throws Refused {
    try {
      return parsed(response.body());
    } catch (IOException e) {
      throw notProperly(e);
    }
  }

  private Refused notProperly(IOException e) {
    return new Refused(url + " does not answer properly: " + e.getMessage());
  }

  private static JsonNode parsed(byte[] body) throws IOException {
    return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
  }

  private static String words(int status, JsonNode body) {
    var words = new StringBuilder(body.path("detail").asText("it answered " + status));
    body.path("problems").forEach(problem -> words.append("\n  ").append(problem.asText()));
    if (body.has("successor")) {
      words.append(": ").append(body.get("successor").asText());
    }
    if (status == 401) {
      words.append(" (set PGSCIM_ADMIN_TOKEN)");
    }
    return words.toString();
  }

  @Override
  public void close() {
    http.close();
  }
}
