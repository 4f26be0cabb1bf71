package io.pgscim.chaos.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.chaos.history.Happening.Answered;
import io.pgscim.chaos.history.Happening.Fault;
import io.pgscim.chaos.history.Happening.Outcome;
import io.pgscim.chaos.history.Happening.Seen;
import io.pgscim.chaos.history.Happening.Sent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * The history of a run while it is written: a file of JSON Lines, and the same in memory. A line is
 * given its time and its place in one step, so that what stands before it did happen before it.
 */
public final class History implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final long begin = System.nanoTime();
  private final BufferedWriter file;
  private final List<Happening> all = new ArrayList<>();

  public History(Path file) {
    try {
      this.file = Files.newBufferedWriter(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Before the attempt leaves: whatever comes of it comes later. */
  public void sent(int push, int attempt, String kind, Map<String, Boolean> sets) {
    add(at -> new Sent(at, wall(), push, attempt, kind, sets));
  }

  /** After the answer came, or could come no more. */
  public void answered(
      int push, int attempt, Outcome outcome, int status, String key, long version) {
    add(at -> new Answered(at, wall(), push, attempt, outcome, status, key, version));
  }

  /** Before it begins, and after it ended. */
  public void fault(String kind, String target, boolean begins) {
    add(at -> new Fault(at, wall(), kind, target, begins));
  }

  /** After the look. */
  public void seen(String role, String access, boolean appears) {
    add(at -> new Seen(at, wall(), role, access, appears));
  }

  /** Everything so far. */
  public synchronized List<Happening> all() {
    return List.copyOf(all);
  }

  /** One line of JSON. */
  public static String line(Happening happening) {
    try {
      return JSON.writeValueAsString(happening);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void add(LongFunction<Happening> at) {
    Happening happening = at.apply(System.nanoTime() - begin);
    all.add(happening);
    try {
      file.write(line(happening));
      file.newLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String wall() {
    return Instant.now().toString();
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
