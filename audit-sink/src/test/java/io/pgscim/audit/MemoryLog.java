package io.pgscim.audit;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.entry.Pruned;
import io.pgscim.audit.tlog.Tile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A log in memory whose appends fail as the test says. */
public final class MemoryLog implements AuditLog {
  /** How the next append fails. */
  public enum Failure {
    NOTHING_WRITTEN,
    FIRST_ENTRY_WRITTEN,
    ALL_WRITTEN
  }

  public final Deque<Failure> failures = new ArrayDeque<>();
  public final List<Line> lines = new ArrayList<>();
  private int durable;
  private String trouble;
  private volatile Optional<Pruned> pruned = Optional.empty();

  @Override
  public synchronized long append(List<Line> entries) throws IOException {
    if (trouble != null) {
      throw new IOException("recover first");
    }
    Failure failure = failures.poll();
    if (failure == null) {
      lines.addAll(entries);
      durable = lines.size();
      return durable - entries.size();
    }
    switch (failure) {
      case NOTHING_WRITTEN -> {}
      case FIRST_ENTRY_WRITTEN -> lines.add(entries.getFirst());
      case ALL_WRITTEN -> lines.addAll(entries);
    }
    trouble = "No space left on device";
    throw new IOException(trouble);
  }

  @Override
  public synchronized void recover() {
    lines.subList(durable, lines.size()).clear();
    trouble = null;
  }

  @Override
  public synchronized Set<UUID> holds(Collection<UUID> events) {
    return lines.subList(0, durable).stream()
        .map(Line::event)
        .filter(events::contains)
        .collect(Collectors.toSet());
  }

  @Override
  public void covered(long size) {}

  @Override
  public long next(String topic, int partition) {
    return 0;
  }

  @Override
  public synchronized long size() {
    return durable;
  }

  @Override
  public Optional<Pruned> pruned() {
    return pruned;
  }

  @Override
  public long prunable() {
    return size() / Tile.FULL * Tile.FULL;
  }

  @Override
  public void prune(Pruned now) {
    pruned = Optional.of(now);
  }

  @Override
  public synchronized List<byte[]> read(long from, int limit) throws IOException {
    if (from < first()) {
      throw pruned.orElseThrow().refusal(from);
    }
    return lines.subList(0, durable).stream().skip(from).limit(limit).map(Line::bytes).toList();
  }

  @Override
  public String trouble() {
    return trouble;
  }

  @Override
  public void close() {}
}
