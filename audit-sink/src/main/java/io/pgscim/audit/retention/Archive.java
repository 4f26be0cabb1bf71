package io.pgscim.audit.retention;

import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.entry.Beside;
import io.pgscim.audit.entry.Digest;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.entry.Position;
import io.pgscim.audit.entry.Pruned;
import io.pgscim.audit.source.Folder;
import io.pgscim.audit.tlog.Bundle;
import io.pgscim.audit.tlog.Hash;
import io.pgscim.audit.tlog.Hasher;
import io.pgscim.audit.tlog.Tile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The folder that entries go to when they are pruned. Sealed, it is a log itself, with all hashes
 * up to the signed root, and can be checked alone. What is personal stays with the log: an archive
 * goes where nobody can be forgotten.
 */
final class Archive {
  private final Disk log;
  private final Disk archive;

  private Archive(Disk log, Disk archive) {
    this.log = log;
    this.archive = archive;
  }

  /**
   * The archive in a folder, which need not be there yet.
   *
   * @throws IOException when the folder is a part of the log's, or the other way round
   */
  static Archive of(Disk log, Disk archive) throws IOException {
    Path here = log.path("").toAbsolutePath().normalize();
    Path there = archive.path("").toAbsolutePath().normalize();
    if (here.startsWith(there) || there.startsWith(here)) {
      throw new IOException("the archive " + there + " must lie outside of the log's folder");
    }
    return new Archive(log, archive);
  }

  /**
   * Where the archive begins when entries from an index on come into it: what lies in it already
   * must end just there.
   */
  long from(long first) throws IOException {
    Optional<Pruned> mark = mark();
    if (mark.isEmpty()) {
      if (archive.read("checkpoint") != null || archive.read("state") != null) {
        throw new IOException(
            archive.path("") + " holds a log, and is no archive: name another folder");
      }
      return first;
    }
    if (!origin(archive).equals(origin(log))) {
      throw new IOException(archive.path("") + " is the archive of " + origin(archive));
    }
    if (mark.get().prune().minimum() != first) {
      throw new IOException(
          "the archive %s ends before entry %d, and the log begins with %d: name another folder"
              .formatted(archive.path(""), mark.get().prune().minimum(), first));
    }
    return mark.get().prune().from();
  }

  private Optional<Pruned> mark() throws IOException {
    byte[] bytes = archive.read(Pruned.ARCHIVE);
    if (bytes == null) {
      return Optional.empty();
    }
    return Optional.of(
        Pruned.read(bytes)
            .orElseThrow(() -> new IOException(archive.path(Pruned.ARCHIVE) + " was changed")));
  }

  private static String origin(Disk disk) throws IOException {
    byte[] note = disk.read("checkpoint");
    return note == null
        ? ""
        : new String(note, StandardCharsets.UTF_8).lines().findFirst().orElse("");
  }

  /**
   * Copies entries, with their details beside them. When this returns, all is on disk.
   *
   * @param from the first of a bundle
   * @param until the first of another
   * @param next how far each partition had come before
   * @return how far each partition had come behind them
   */
  Map<String, Long> copy(long from, long until, Map<String, Long> next) throws IOException {
    Map<String, Long> positions = new TreeMap<>(next);
    for (long first = from; first < until; first += Tile.FULL) {
      byte[] bundle = signed(log, first);
      for (byte[] entry : Bundle.entries(bundle)) {
        Optional<String> beside = Beside.named(entry);
        if (beside.isPresent()) {
          archive.write(Beside.file(beside.get()), details(log, beside.get()));
        }
        Position position = Line.read(entry).from();
        if (position != null) {
          positions.merge(
              position.topic() + "/" + position.partition(), position.offset() + 1, Long::max);
        }
      }
      // After a failure it may be there already; what is there under its name is whole.
      if (!Arrays.equals(bundle, archive.read(bundle(first).path()))) {
        archive.write(bundle(first).path(), bundle);
      }
    }
    return positions;
  }

  /**
   * Reads back what was copied.
   *
   * @throws IOException when the archive lacks something, or it is not what the log's tree says
   */
  void check(long from, long until) throws IOException {
    for (long first = from; first < until; first += Tile.FULL) {
      for (byte[] entry : Bundle.entries(signed(archive, first))) {
        Optional<String> beside = Beside.named(entry);
        if (beside.isPresent()) {
          details(archive, beside.get());
        }
      }
    }
  }

  /** A bundle of which every entry has the hash that the log's tree has of it. */
  private byte[] signed(Disk from, long first) throws IOException {
    Tile tile = bundle(first);
    byte[] bundle = present(from, tile.path());
    byte[] hashes = present(log, new Tile(0, tile.index(), Tile.FULL).path());
    byte[] leaves = new byte[Tile.FULL * Hash.SIZE];
    int entries;
    try {
      entries = new Hasher().leaves(bundle, leaves, (number, start, end) -> {});
    } catch (IllegalArgumentException e) {
      throw new IOException(from.path(tile.path()) + " " + e.getMessage(), e);
    }
    if (entries != Tile.FULL || !Arrays.equals(hashes, leaves)) {
      throw new IOException(
          from.path(tile.path()) + " does not hold what the log's tree has the hashes of");
    }
    return bundle;
  }

  private static byte[] details(Disk from, String digest) throws IOException {
    byte[] details = present(from, Beside.file(digest));
    if (!Digest.hex(details).equals(digest)) {
      throw new IOException(from.path(Beside.file(digest)) + " was changed");
    }
    return details;
  }

  private static byte[] present(Disk from, String name) throws IOException {
    byte[] bytes = from.read(name);
    if (bytes == null) {
      throw new IOException(from.path(name) + " is missing");
    }
    return bytes;
  }

  private static Tile bundle(long first) {
    return new Tile(Tile.ENTRIES, first / Tile.FULL, Tile.FULL);
  }

  /**
   * Makes it a log of its own: hashes, the entry that says what lies here, what is signed, and last
   * the mark that says how far it goes.
   *
   * @param note the log's signed checkpoint
   * @param signed how many entries that covers
   */
  void seal(Pruned pruned, byte[] note, long signed) throws IOException {
    var source = new Folder(log.path(""));
    int level = 0;
    for (long hashes = signed; hashes > 0; hashes >>= 8) {
      for (long index = 0; index < hashes; index += Tile.FULL) {
        put(source, Tile.holding(level, index, signed));
      }
      level++;
    }
    Optional<Pruned> before = mark();
    if (before.isPresent() && before.get().entry() >= pruned.prune().minimum()) {
      // Until the new mark is there, the old one must still be proven.
      put(source, Tile.holding(Tile.ENTRIES, before.get().entry(), signed));
    }
    put(source, Tile.holding(Tile.ENTRIES, pruned.entry(), signed));
    archive.write("vkey", present(log, "vkey"));
    archive.write("checkpoint", note);
    archive.write(Pruned.ARCHIVE, pruned.bytes());
  }

  private void put(Folder source, Tile tile) throws IOException {
    byte[] there = archive.read(tile.path());
    byte[] bytes = source.read(tile);
    if (bytes == null) {
      throw new IOException(log.path(tile.path()) + " is missing");
    }
    if (!Arrays.equals(there, bytes)) {
      archive.write(tile.path(), bytes);
    }
    if (tile.full()) {
      archive.removeFolder(tile.path() + ".p");
    }
  }
}
