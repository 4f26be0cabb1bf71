package io.pgscim.ingest.hostile;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An ordinary client that does its work while others misbehave, and takes the time. */
final class Bystander implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(25);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String base;
  private final String prefix;
  private final Thread thread = new Thread(this::work, "bystander");
  private final List<Duration> times = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private int created;
  private volatile boolean done;

  Bystander(int port, String prefix) {
    this.prefix = prefix;
    this.base = "http://127.0.0.1:" + port + "/scim/v2";
    thread.start();
  }

  private void work() {
    while (!done) {
      String name = prefix + created;
      if (send("POST", "/Users", "{\"userName\":\"" + name + "\"}", 201)) {
        created++;
      }
      send("GET", "/Users?filter=userName%20eq%20%22" + name + "%22", null, 200);
      send("GET", "/ServiceProviderConfig", null, 200);
    }
  }

  private boolean send(String method, String path, String body, int expected) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + Victim.BYSTANDER)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    long begin = System.nanoTime();
    try {
      int status = http.send(request, BodyHandlers.ofByteArray()).statusCode();
      times.add(Duration.ofNanos(System.nanoTime() - begin));
      if (status != expected) {
        failures.add(method + " " + path + " was answered " + status);
      }
      Thread.sleep(PAUSE);
      return status == expected;
    } catch (IOException e) {
      failures.add(method + " " + path + ": " + e);
    } catch (InterruptedException e) {
      done = true;
    }
    return false;
  }

  /** Ends its work. */
  @Override
  public void close() throws InterruptedException {
    done = true;
    thread.join();
    http.close();
  }

  /** How many users it has created; only after its work has ended, like the others. */
  int created() {
    return created;
  }

  List<String> failures() {
    return failures;
  }

  /** The time that this share of its requests took at most. */
  Duration percentile(double share) {
    List<Duration> sorted = times.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share));
  }

  int requests() {
    return times.size();
  }
}
