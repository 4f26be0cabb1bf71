package io.pgscim.audit.verify;

import io.pgscim.audit.source.LogSource;
import io.pgscim.audit.tlog.Bundle;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Edge;
import io.pgscim.audit.tlog.Hash;
import io.pgscim.audit.tlog.Tile;
import io.pgscim.audit.verify.BundleCheck.Checked;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Derives a log's tree from its entries and compares it with every tile and with the signed
 * checkpoint. Reads each file once. Bundles are hashed side by side, and taken in their order: what
 * is wrong first is found first, and memory holds a few bundles, however long the log.
 */
public final class LogCheck {
  private final LogSource source;
  private final Checkpoint signed;
  private final List<Older> older;
  private final Reader reader;
  private final Map<Tile, byte[]> filled = new LinkedHashMap<>();
  private final Edge edge;
  private final long start;
  private boolean given;
  private long lacking;

  /** Given every bundle in order, as soon as its entries agree with their tile. */
  public interface Reader {
    /**
     * @param first index of the bundle's first entry
     */
    void bundle(long first, byte[] bundle) throws IOException;

    /** Takes the bundles apart. */
    static Reader of(Entries entries) {
      return (first, bundle) -> {
        long index = first;
        for (byte[] entry : Bundle.entries(bundle)) {
          entries.entry(index++, entry);
        }
      };
    }
  }

  /** Given every entry in order. */
  public interface Entries {
    void entry(long index, byte[] entry) throws IOException;
  }

  /**
   * @param signed the log's checkpoint, whose signature was checked
   * @param start what is known already: nothing, or the edge that an earlier check ended with
   * @param older what the log must have grown out of; nothing shorter than {@code start}
   */
  public LogCheck(
      LogSource source, Checkpoint signed, Edge start, List<Older> older, Reader reader) {
    this.source = source;
    this.signed = signed;
    this.edge = start.copy();
    this.start = start.size();
    this.older = List.copyOf(older);
    this.reader = reader;
  }

  /** Checks the log. */
  public Verdict check() throws IOException {
    try {
      for (Older one : older) {
        one.mustNotBeAheadOf(signed);
      }
      if (edge.size() > signed.size()) {
        throw new Wrong("checkpoint", "has " + signed.size() + " entries, fewer than before");
      }
      compareOlder(edge);
      return readAll(Kept.of(source, signed));
    } catch (Wrong wrong) {
      return rewritten().orElse(wrong).verdict();
    }
  }

  /**
   * Where the tiles no longer have the edge that this check began with, the log was rewritten
   * before it: that explains whatever was found behind it.
   */
  private Optional<Wrong> rewritten() throws IOException {
    for (Older one : older) {
      if (start > 0 && start == one.checkpoint().size() && start <= signed.size()) {
        try {
          one.compare(Tiles.edgeAt(source, start, signed.size()));
        } catch (Wrong wrong) {
          return Optional.of(wrong);
        }
      }
    }
    return Optional.empty();
  }

  /** The right edge of the tree that was found intact. */
  public Edge edge() {
    return edge.copy();
  }

  private Verdict readAll(Kept kept) throws IOException, Wrong {
    List<Companion> companions = Companion.of(source);
    try {
      readAll(new BundleCheck(kept, companions));
      compareEdge();
      kept.mustBeSaid();
      if (start == 0) {
        for (Companion companion : companions) {
          companion.end(kept.positions(), signed.size());
        }
      }
      return new Verdict.Intact(signed, kept.part(lacking));
    } finally {
      for (Companion companion : companions) {
        companion.close();
      }
    }
  }

  private void readAll(BundleCheck bundles) throws IOException, Wrong {
    ExecutorService threads = Executors.newFixedThreadPool(source.atOnce());
    try {
      readAll(threads, bundles);
    } finally {
      threads.shutdownNow();
      // No companion may be asked, once it is closed, by a thread that has not noticed yet.
      threads.close();
    }
  }

  private void readAll(ExecutorService threads, BundleCheck bundles) throws IOException, Wrong {
    Deque<Future<Checked>> ahead = new ArrayDeque<>();
    long next = edge.size() / Tile.FULL * Tile.FULL;
    while (edge.size() < signed.size()) {
      while (next < signed.size() && ahead.size() < 2 * source.atOnce()) {
        long first = next;
        ahead.add(threads.submit(() -> bundles.check(first)));
        next += Tile.FULL;
      }
      take(result(ahead.remove()));
    }
  }

  private static Checked result(Future<Checked> future) throws IOException, Wrong {
    try {
      return future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Wrong wrong -> throw wrong;
        case IOException unreadable -> throw unreadable;
        default -> throw new IllegalStateException("a bundle could not be checked", e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void take(Checked bundle) throws IOException, Wrong {
    int known = (int) (edge.size() - bundle.first());
    compareKnown(bundle, known);
    compareOlderInside(bundle, known);
    if (known == 0 && bundle.root() != null) {
      edge.addBundle(bundle.root(), filled::put);
    } else {
      addLeaves(edge, bundle, known, bundle.width());
    }
    compareOlder(edge);
    for (var tile : filled.entrySet()) {
      compare(tile.getKey(), tile.getValue());
    }
    filled.clear();
    give(bundle);
  }

  private void give(Checked bundle) throws IOException {
    if (bundle.bundle() != null) {
      reader.bundle(bundle.first(), bundle.bundle());
      given = true;
    } else if (!given) {
      lacking = bundle.first() + bundle.width();
    } else if (!source.archives().isEmpty()) {
      throw new IOException(
          "entry " + bundle.first() + " lies in none of the archives, entries before it do");
    }
  }

  private void addLeaves(Edge to, Checked bundle, int from, int until) {
    for (int i = from; i < until; i++) {
      to.add(Hash.of(bundle.leaves(), i * Hash.SIZE), filled::put);
    }
  }

  /** Entries of an unfinished bundle that an earlier check has seen must still be the same. */
  private void compareKnown(Checked bundle, int known) throws Wrong {
    if (known > 0) {
      byte[] before = edge.bytes(new Tile(0, bundle.first() / Tile.FULL, known));
      int at = Arrays.mismatch(before, 0, before.length, bundle.leaves(), 0, before.length);
      if (at >= 0) {
        throw new Wrong(
            Tile.holding(Tile.ENTRIES, bundle.first(), signed.size()).path(),
            "entry " + (bundle.first() + at / Hash.SIZE) + " is not the one of the check before");
      }
    }
  }

  private void compareOlderInside(Checked bundle, int known) throws Wrong {
    for (Older one : older) {
      long inside = one.checkpoint().size() - bundle.first();
      if (inside > known && inside < bundle.width()) {
        Edge then = edge.copy();
        addLeaves(then, bundle, known, (int) inside);
        one.compare(then);
      }
    }
  }

  private void compareOlder(Edge now) throws Wrong {
    for (Older one : older) {
      one.compare(now);
    }
  }

  private void compareEdge() throws IOException, Wrong {
    for (Tile tile : Tile.edge(signed.size())) {
      compare(tile, edge.bytes(tile));
    }
    if (!edge.root().equals(signed.root())) {
      throw new Wrong("checkpoint", "signs another root than entries and tiles have");
    }
  }

  /** Tiles of level 0 have been compared with their bundle. */
  private void compare(Tile tile, byte[] derived) throws IOException, Wrong {
    if (tile.level() == 0) {
      return;
    }
    byte[] stored = Tiles.hashes(source, tile);
    int at = Arrays.mismatch(stored, derived);
    if (at >= 0) {
      int number = at / Hash.SIZE;
      throw new Blame(source, signed)
          .hash(
              tile.level(),
              tile.index() * Tile.FULL + number,
              Hash.of(derived, number * Hash.SIZE),
              Hash.of(stored, number * Hash.SIZE));
    }
  }
}
