package io.pgscim.ingest.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Clients that come and do not go: they say nothing, or one byte at a time, or do not listen. */
final class Crowd implements AutoCloseable {
  static final int OF_EACH_KIND = 100;
  private static final int DEAF = 24;

  private final Attacker attacker;
  private final List<Wire> silent = new ArrayList<>();
  private final List<Wire> slowHeaders = new ArrayList<>();
  private final List<Wire> slowBodies = new ArrayList<>();
  private final List<Wire> slowBodiesOfStrangers = new ArrayList<>();
  private final List<Wire> deaf = new ArrayList<>();
  private final Thread drip = new Thread(this::drip, "drip");
  private volatile boolean done;

  Crowd(Attacker attacker) {
    this.attacker = attacker;
  }

  /**
   * Comes.
   *
   * @param large the path of an answer of some megabytes
   */
  void arrive(String large) throws IOException {
    for (int i = 0; i < OF_EACH_KIND; i++) {
      silent.add(Wire.to(attacker.port()));
      slowHeaders.add(Wire.to(attacker.port()).send("GET /scim/v2/Users HTTP/1.1\r\nX-Slow: "));
      slowBodies.add(Wire.to(attacker.port()).send(slow(attacker)));
      slowBodiesOfStrangers.add(
          Wire.to(attacker.port()).send(slow(new Attacker(attacker.port(), "wrong", "/scim/v2"))));
    }
    byte[] request = attacker.request("GET", large, new byte[0]);
    byte[] again =
        new String(request, StandardCharsets.UTF_8)
            .replace("Connection: close\r\n", "")
            .repeat(100)
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < DEAF; i++) {
      Wire wire = Wire.to(attacker.port());
      deaf.add(wire);
      Thread.ofVirtual().start(() -> wire.send(deaf.indexOf(wire) % 2 == 0 ? request : again));
    }
    drip.start();
  }

  /** A body that is announced and never gets here. */
  private static byte[] slow(Attacker attacker) {
    String request =
        new String(
            attacker.request("POST", "/Users", new byte[0], "Content-Length", "7000000"),
            StandardCharsets.UTF_8);
    return (request.replace("Connection: close\r\n", "") + "{").getBytes(StandardCharsets.UTF_8);
  }

  private void drip() {
    Random random = new Random(1);
    while (!done) {
      for (List<Wire> kind : List.of(slowHeaders, slowBodies, slowBodiesOfStrangers)) {
        kind.forEach(wire -> wire.send(" "));
      }
      try {
        Thread.sleep(Duration.ofMillis(900 + random.nextInt(200)));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** What the slow were told at last. */
  List<Wire.Reply> answersToSlowBodies() throws IOException {
    List<Wire.Reply> replies = new ArrayList<>();
    for (Wire wire : slowBodies) {
      replies.add(wire.reply());
    }
    return replies;
  }

  /** How many of all of them are still connected after that time. */
  long staying(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    return List.of(silent, slowHeaders, slowBodies, slowBodiesOfStrangers, deaf).stream()
        .flatMap(List::stream)
        .filter(wire -> !wire.endsBefore(end))
        .count();
  }

  @Override
  public void close() {
    done = true;
    for (List<Wire> kind : List.of(silent, slowHeaders, slowBodies, slowBodiesOfStrangers, deaf)) {
      kind.forEach(Wire::close);
    }
  }
}
