package io.pgscim.audit.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** A log that a web server serves: audit-sink itself, or any other over the same files. */
final class Website implements LogSource {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int TRIES = 4;
  private static final int AT_ONCE = 16;

  private final HttpClient http;
  private final String base;
  private final Optional<String> token;

  Website(String place, Optional<String> token) {
    this.base = place.replaceFirst("/+$", "") + "/";
    this.token = token;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            // A token is for the server that was named, and for no other that it points to.
            .followRedirects(
                token.isPresent() ? HttpClient.Redirect.NEVER : HttpClient.Redirect.NORMAL)
            .build();
  }

  @Override
  public byte[] read(String name) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return get(name);
      } catch (Unavailable e) {
        if (tries == TRIES) {
          throw new IOException(base + name + ": " + e.getMessage(), e);
        }
      }
      try {
        Thread.sleep(Duration.ofMillis(200L << tries));
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
  }

  private byte[] get(String name) throws IOException, Unavailable {
    HttpResponse<InputStream> answer = ask(name);
    try (InputStream body = answer.body()) {
      return switch (answer.statusCode()) {
        case 200 -> whole(name, body);
        case 404, 410 -> null;
        case 401, 403 ->
            throw new IOException(
                base
                    + " asks for a token: put one that is good there into AUDIT_TOKEN, or into a"
                    + " file for --token-file");
        case 429, 500, 502, 503, 504 ->
            throw new Unavailable("answers " + answer.statusCode(), null);
        default -> throw new IOException(base + name + " answers " + answer.statusCode());
      };
    }
  }

  private HttpResponse<InputStream> ask(String name) throws IOException, Unavailable {
    try {
      var request = HttpRequest.newBuilder(URI.create(base + name)).timeout(PATIENCE);
      token.ifPresent(one -> request.header("Authorization", "Bearer " + one));
      return http.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IllegalArgumentException e) {
      throw new IOException(base + " is no URL", e);
    } catch (ConnectException e) {
      throw new IOException("nobody answers at " + base, e);
    } catch (IOException e) {
      throw new Unavailable("no answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private byte[] whole(String name, InputStream body) throws IOException, Unavailable {
    byte[] bytes;
    try {
      bytes = body.readNBytes(LARGEST + 1);
    } catch (IOException e) {
      throw new Unavailable("the answer broke off", e);
    }
    if (bytes.length > LARGEST) {
      throw new IOException(base + name + " is larger than any file of a log");
    }
    return bytes;
  }

  private static IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted", e);
  }

  @Override
  public int atOnce() {
    return AT_ONCE;
  }

  /** May be otherwise a moment later. */
  private static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
