package io.pgscim.ingest.outage;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** About a hundred pushes a second by several writers that share a few people and groups. */
final class Load implements AutoCloseable {
  private static final int WRITERS = 8;
  private static final int USERS = 20;
  private static final int GROUPS = 4;
  private static final long PACE_MILLIS = 80;
  private static final String OPERATION =
      "{'schemas': ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], 'Operations': [%s]}";

  private final Service service;
  private final List<String> users = new ArrayList<>();
  private final List<String> groups = new ArrayList<>();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final AtomicLong pushes = new AtomicLong();
  private final AtomicLong slowest = new AtomicLong();
  private final List<Thread> writers = new ArrayList<>();
  private volatile boolean stopped;

  Load(Service service) throws IOException, InterruptedException {
    this.service = service;
    for (int i = 0; i < USERS; i++) {
      users.add(created("/Users", "{'userName': 'user-" + i + "'}"));
    }
    for (int i = 0; i < GROUPS; i++) {
      groups.add(created("/Groups", "{'displayName': 'group-" + i + "'}"));
    }
  }

  private String created(String endpoint, String body) throws IOException, InterruptedException {
    HttpResponse<String> reply = service.push("POST", endpoint, body);
    return reply.body().replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
  }

  void start() {
    for (int i = 0; i < WRITERS; i++) {
      Random random = new Random(i);
      writers.add(Thread.ofVirtual().start(() -> write(random)));
    }
  }

  private void write(Random random) {
    while (!stopped) {
      long began = System.nanoTime();
      try {
        HttpResponse<String> reply = push(random);
        if (reply.statusCode() / 100 != 2) {
          refused.add(reply.statusCode() + " " + reply.body());
        }
      } catch (IOException e) {
        refused.add(e.toString());
      } catch (InterruptedException e) {
        return;
      }
      pushes.incrementAndGet();
      long millis = (System.nanoTime() - began) / 1_000_000;
      slowest.accumulateAndGet(millis, Math::max);
      sleep(PACE_MILLIS - millis);
    }
  }

  private HttpResponse<String> push(Random random) throws IOException, InterruptedException {
    String user = users.get(random.nextInt(USERS));
    String group = groups.get(random.nextInt(GROUPS));
    String value = Long.toString(random.nextLong(), 36);
    return switch (random.nextInt(5)) {
      case 0 ->
          patch(
              "/Groups/" + group, "{'op': 'replace', 'path': 'displayName', 'value': '%s'}", value);
      case 1 ->
          patch(
              "/Groups/" + group,
              "{'op': 'add', 'path': 'members', 'value': [{'value': '%s'}]}",
              user);
      case 2 ->
          patch("/Groups/" + group, "{'op': 'remove', 'path': 'members[value eq \\'%s\\']'}", user);
      default ->
          patch("/Users/" + user, "{'op': 'replace', 'path': 'displayName', 'value': '%s'}", value);
    };
  }

  private HttpResponse<String> patch(String path, String operation, String value)
      throws IOException, InterruptedException {
    return service.push(
        "PATCH", path, String.format(Locale.ROOT, OPERATION, operation.replace("%s", value)));
  }

  long pushes() {
    return pushes.get();
  }

  long slowestMillis() {
    return slowest.get();
  }

  /** What was not answered with 2xx. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    for (Thread writer : writers) {
      writer.join();
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(Math.max(0, millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
