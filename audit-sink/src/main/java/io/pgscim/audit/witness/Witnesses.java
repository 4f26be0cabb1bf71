package io.pgscim.audit.witness;

import io.pgscim.audit.tlog.Edge;
import io.pgscim.audit.tlog.Note;
import io.pgscim.audit.tlog.SignedCheckpoint;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** All witnesses of a log. They are asked at the same time, and waited for no longer than that. */
public final class Witnesses {
  /** Nobody. */
  public static final Witnesses NONE = new Witnesses(List.of(), 0);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final List<Witness> witnesses;
  private final int required;

  private Witnesses(List<Witness> witnesses, int required) {
    this.witnesses = witnesses;
    this.required = required;
  }

  /**
   * The witnesses of the settings.
   *
   * @param settings each a verifier key, a space and a URL
   * @param required how many of them must have signed before a checkpoint is published
   * @throws IllegalArgumentException with what is wrong
   */
  public static Witnesses of(List<String> settings, int required) {
    if (required < 0 || required > settings.size()) {
      throw new IllegalArgumentException(
          required + " witnesses are required, and there are " + settings.size());
    }
    if (settings.isEmpty()) {
      return NONE;
    }
    HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    return new Witnesses(
        settings.stream().map(setting -> Witness.parse(setting, http)).toList(), required);
  }

  /** How long to leave them in peace between two checkpoints. */
  public Duration pace() {
    return witnesses.isEmpty() ? Duration.ZERO : Duration.ofSeconds(1);
  }

  /**
   * What they answered.
   *
   * @param missing why it may not be published; empty when enough have signed
   */
  public record Answers(List<Note.Signature> signatures, Optional<String> missing) {}

  /**
   * Asks all of them to sign a checkpoint.
   *
   * @param tiles of its tree; read from several threads
   */
  public Answers ask(SignedCheckpoint checkpoint, Edge.Source<IOException> tiles) {
    if (witnesses.isEmpty()) {
      return new Answers(List.of(), Optional.empty());
    }
    var signatures = new ArrayList<Note.Signature>();
    var failures = new ArrayList<String>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Note.Signature>> answers =
          threads.invokeAll(
              witnesses.stream().map(one -> task(one, checkpoint, tiles)).toList(),
              PATIENCE.toMillis(),
              TimeUnit.MILLISECONDS);
      for (int i = 0; i < answers.size(); i++) {
        take(witnesses.get(i), answers.get(i), signatures, failures);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failures.add("interrupted");
    }
    return new Answers(
        signatures,
        signatures.size() >= required
            ? Optional.empty()
            : Optional.of(
                signatures.size()
                    + " witnesses signed, "
                    + required
                    + " must: "
                    + String.join(", ", failures)));
  }

  private static Callable<Note.Signature> task(
      Witness witness, SignedCheckpoint checkpoint, Edge.Source<IOException> tiles) {
    return () -> witness.ask(checkpoint, tiles);
  }

  private static void take(
      Witness witness,
      Future<Note.Signature> answer,
      List<Note.Signature> signatures,
      List<String> failures)
      throws InterruptedException {
    try {
      signatures.add(answer.get());
    } catch (ExecutionException e) {
      failures.add(witness.name() + " " + reason(e.getCause()));
    } catch (CancellationException e) {
      failures.add(witness.name() + " gives no answer for " + PATIENCE.toSeconds() + " s");
    }
  }

  private static String reason(Throwable failure) {
    return failure.getMessage() == null
        ? "cannot be reached: " + failure.getClass().getSimpleName()
        : failure.getMessage();
  }
}
