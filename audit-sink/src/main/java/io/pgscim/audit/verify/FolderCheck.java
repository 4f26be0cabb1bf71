package io.pgscim.audit.verify;

import io.pgscim.audit.tlog.Bundle;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Edge;
import io.pgscim.audit.tlog.Hash;
import io.pgscim.audit.tlog.NoteException;
import io.pgscim.audit.tlog.Tile;
import io.pgscim.audit.tlog.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Derives the whole tree from the entries and compares it with every tile and with the signed
 * checkpoint. Reads each file once; holds one bundle in memory.
 */
public final class FolderCheck {
  private final Path folder;
  private final VerifierKey key;
  private final LongConsumer progress;

  /**
   * @param folder holds {@code checkpoint} and {@code tile/}
   * @param progress told how many entries have been checked, now and then
   */
  public FolderCheck(Path folder, VerifierKey key, LongConsumer progress) {
    this.folder = folder;
    this.key = key;
    this.progress = progress;
  }

  /**
   * Checks the log.
   *
   * @param older the signed note of an earlier checkpoint, which this log must have grown out of;
   *     without one, a log that was rewritten as a whole by whoever has the key is not noticed
   */
  public Verdict check(Optional<String> older) throws IOException {
    try {
      Checkpoint signed = open("checkpoint", text(read("checkpoint")));
      Optional<Checkpoint> kept =
          older.isEmpty()
              ? Optional.empty()
              : Optional.of(open("the older checkpoint", older.get()));
      if (kept.isPresent() && kept.get().size() > signed.size()) {
        throw new Wrong("checkpoint", "has " + signed.size() + " entries, the older one had more");
      }
      rebuild(signed, kept);
      return new Verdict.Intact(signed);
    } catch (Wrong wrong) {
      return new Verdict.Broken(wrong.where, wrong.getMessage());
    }
  }

  private void rebuild(Checkpoint signed, Optional<Checkpoint> kept) throws IOException, Wrong {
    var edge = new Edge();
    compare(kept, edge);
    Map<Tile, byte[]> filled = new LinkedHashMap<>();
    for (long first = 0; first < signed.size(); first += Tile.FULL) {
      for (byte[] entry : bundle(first, signed.size())) {
        edge.add(Hash.leaf(entry), filled::put);
        compare(kept, edge);
      }
      for (var tile : filled.entrySet()) {
        compare(tile.getKey(), tile.getValue());
      }
      filled.clear();
      progress.accept(edge.size());
    }
    for (Tile tile : Tile.edge(signed.size())) {
      compare(tile, edge.bytes(tile));
    }
    if (!edge.root().equals(signed.root())) {
      throw new Wrong("checkpoint", "signs another root than entries and tiles have");
    }
  }

  private List<byte[]> bundle(long first, long size) throws IOException, Wrong {
    Tile tile = Tile.holding(Tile.ENTRIES, first, size);
    String path = tile.path();
    try {
      List<byte[]> entries = Bundle.entries(read(path));
      if (entries.size() != tile.width()) {
        throw new Wrong(path, "holds " + entries.size() + " entries, not " + tile.width());
      }
      return entries;
    } catch (IllegalArgumentException e) {
      throw new Wrong(path, e.getMessage());
    }
  }

  private void compare(Tile tile, byte[] derived) throws IOException, Wrong {
    byte[] onDisk = read(tile.path());
    int at = Arrays.mismatch(onDisk, derived);
    if (at < 0) {
      return;
    }
    long hash = tile.index() * Tile.FULL + at / Hash.SIZE;
    throw new Wrong(
        tile.path(),
        tile.level() == 0
            ? "does not fit entry " + hash + ": one of the two was changed"
            : "hash " + hash + " of level " + tile.level() + " was changed");
  }

  private static void compare(Optional<Checkpoint> kept, Edge edge) throws Wrong {
    if (kept.isPresent()
        && kept.get().size() == edge.size()
        && !kept.get().root().equals(edge.root())) {
      throw new Wrong(
          "the older checkpoint",
          "the first " + edge.size() + " entries are not those that it was signed for");
    }
  }

  private Checkpoint open(String where, String note) throws Wrong {
    try {
      return Checkpoint.open(note, key);
    } catch (NoteException e) {
      throw new Wrong(where, e.getMessage());
    }
  }

  private byte[] read(String name) throws IOException, Wrong {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new Wrong(name, "is missing");
    }
    return Files.readAllBytes(file);
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;
    private final String where;

    Wrong(String where, String what) {
      super(what);
      this.where = where;
    }
  }
}
