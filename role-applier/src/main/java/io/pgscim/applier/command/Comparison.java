package io.pgscim.applier.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.pgscim.applier.command.Service.Refused;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** One comparison of the cluster with its policy, from the request to its last report. */
final class Comparison {
  private static final Duration PACE = Duration.ofMillis(250);
  private static final Duration TELL = Duration.ofSeconds(5);

  private final Service service;
  private final PrintStream progress;
  private final Instant begun = Instant.now();
  private Instant told = begun;

  Comparison(Service service, PrintStream progress) {
    this.service = service;
    this.progress = progress;
  }

  /** Has it made and waits; when something is healed, for what is left then. */
  JsonNode made(boolean heal) throws Refused {
    String txn =
        service.post("/drift?heal=" + heal, "application/json", new byte[0]).path("txn").asText();
    JsonNode report = last();
    while (!report.path("txn").asText().equals(txn) || report.path("healing").asBoolean()) {
      tell(report.path("txn").asText().equals(txn));
      pause();
      report = last();
    }
    return report;
  }

  private JsonNode last() throws Refused {
    try {
      return service.get("/drift");
    } catch (Refused refused) {
      if (refused.isNotFound()) {
        return MissingNode.getInstance(); // The first one is being made.
      }
      throw refused;
    }
  }

  private void tell(boolean healing) {
    Instant now = Instant.now();
    if (now.isAfter(told.plus(TELL))) {
      told = now;
      progress.printf(
          "applier: %s, for %d s%n",
          healing ? "putting right what was found" : "comparing",
          Duration.between(begun, now).toSeconds());
    }
  }

  private static void pause() throws Refused {
    try {
      Thread.sleep(PACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused("interrupted");
    }
  }
}
