package io.pgscim.audit.tree;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.tlog.Bundle;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Edge;
import io.pgscim.audit.tlog.Hash;
import io.pgscim.audit.tlog.Note;
import io.pgscim.audit.tlog.NoteException;
import io.pgscim.audit.tlog.Proof;
import io.pgscim.audit.tlog.SignerKey;
import io.pgscim.audit.tlog.Tile;
import io.pgscim.audit.tlog.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The log's entries as a C2SP tlog-tiles tree in a folder: {@code checkpoint}, {@code tile/},
 * {@code vkey}. One writer.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>The checkpoint on disk is the commit point: bundles and tiles beyond it are unfinished
 *       work, and are written again, with the same bytes, from the log. A crash between any two
 *       steps is therefore recovered by opening.
 *   <li>Nothing is signed that does not grow out of the checkpoint on disk: opening rebuilds the
 *       right edge from the tiles and compares its root with the signed one, and the edge only ever
 *       grows.
 *   <li>A tile that has a checkpoint is never changed, only replaced by the wider one.
 * </ul>
 */
final class Tree {
  private final Disk disk;
  private final AuditLog log;
  private final SignerKey key;
  private final Edge edge;
  private final ByteArrayOutputStream bundle;
  private final List<String> outgrown = new ArrayList<>();
  private List<Tile> edgeOnDisk = List.of();
  private volatile Checkpoint checkpoint;

  private Tree(
      Disk disk, AuditLog log, SignerKey key, Checkpoint checkpoint, Edge edge, byte[] bundle) {
    this.disk = disk;
    this.log = log;
    this.key = key;
    this.checkpoint = checkpoint;
    this.edge = edge;
    this.bundle = new ByteArrayOutputStream();
    this.bundle.writeBytes(bundle);
  }

  /**
   * Opens the tree of a log, or begins it.
   *
   * @throws IOException with one sentence: what is on disk and what was signed do not agree, or
   *     cannot be read
   */
  static Tree open(Disk disk, AuditLog log, Path keyFile, String origin) throws IOException {
    SignerKey key = KeyFile.open(keyFile, origin);
    disk.write("vkey", (key.verifier().text() + "\n").getBytes(StandardCharsets.UTF_8));
    byte[] note = disk.read("checkpoint");
    if (note == null) {
      var tree =
          new Tree(disk, log, key, new Checkpoint(origin, 0, Hash.EMPTY), new Edge(), new byte[0]);
      tree.sign();
      return tree;
    }
    Checkpoint signed = signed(note, key.verifier());
    if (signed.size() > log.size()) {
      throw new IOException(
          "the checkpoint speaks of " + signed.size() + " entries, the log has " + log.size());
    }
    Edge edge = Edge.load(signed.size(), tile -> read(disk, tile));
    if (!edge.root().equals(signed.root())) {
      throw new IOException("the tiles do not give the root that the checkpoint signs");
    }
    return new Tree(disk, log, key, signed, edge, lastBundle(disk, log, signed.size()));
  }

  private static Checkpoint signed(byte[] note, VerifierKey key) throws IOException {
    try {
      return Checkpoint.open(new String(note, StandardCharsets.UTF_8), key);
    } catch (NoteException e) {
      throw new IOException("the checkpoint on disk: " + e.getMessage(), e);
    }
  }

  /** The unfinished bundle, which must hold what the log holds. */
  private static byte[] lastBundle(Disk disk, AuditLog log, long size) throws IOException {
    int width = (int) (size % Tile.FULL);
    if (width == 0) {
      return new byte[0];
    }
    byte[] onDisk = read(disk, new Tile(Tile.ENTRIES, size / Tile.FULL, width));
    var expected = new ByteArrayOutputStream();
    log.read(size - width, width).forEach(entry -> Bundle.append(expected, entry));
    if (!Arrays.equals(onDisk, expected.toByteArray())) {
      throw new IOException("the last entries of the tree are not those of the log");
    }
    return onDisk;
  }

  /** A tile's bytes; of a narrower one the full one's beginning will do. */
  private static byte[] read(Disk disk, Tile tile) throws IOException {
    byte[] bytes = disk.read(tile.path());
    if (bytes == null && !tile.full() && tile.level() != Tile.ENTRIES) {
      bytes = disk.read(tile.whole().path());
      bytes = bytes == null ? null : Arrays.copyOf(bytes, tile.width() * Hash.SIZE);
    }
    if (bytes == null) {
      throw new IOException(tile.path() + " is missing");
    }
    if (tile.level() != Tile.ENTRIES && bytes.length != tile.width() * Hash.SIZE) {
      throw new IOException(tile.path() + " has " + bytes.length + " bytes");
    }
    return bytes;
  }

  /**
   * Takes entries of the log into the tree, at most so many. When this returns, they are covered by
   * the checkpoint on disk. After a failure the tree must be opened again.
   *
   * @return whether there were any
   */
  boolean grow(int limit) throws IOException {
    List<byte[]> entries = log.read(edge.size(), limit);
    if (entries.isEmpty()) {
      return false;
    }
    List<Filled> filled = new ArrayList<>();
    for (byte[] entry : entries) {
      Bundle.append(bundle, entry);
      edge.add(Hash.leaf(entry), (tile, hashes) -> filled.add(new Filled(tile, hashes)));
      if (edge.size() % Tile.FULL == 0) {
        long index = edge.size() / Tile.FULL - 1;
        writeTile(new Tile(Tile.ENTRIES, index, Tile.FULL), bundle.toByteArray());
        bundle.reset();
      }
    }
    writeEdge();
    for (Filled tile : filled) {
      writeTile(tile.tile(), tile.hashes());
    }
    checkpoint = new Checkpoint(checkpoint.origin(), edge.size(), edge.root());
    sign();
    removeOutgrown();
    return true;
  }

  @SuppressWarnings("ArrayRecordComponent") // carries bytes to the disk, never compared
  private record Filled(Tile tile, byte[] hashes) {}

  private void writeEdge() throws IOException {
    int width = (int) (edge.size() % Tile.FULL);
    if (width > 0) {
      writeTile(new Tile(Tile.ENTRIES, edge.size() / Tile.FULL, width), bundle.toByteArray());
    }
    List<Tile> now = Tile.edge(edge.size());
    for (Tile tile : now) {
      if (!edgeOnDisk.contains(tile)) {
        writeTile(tile, edge.bytes(tile));
      }
    }
    edgeOnDisk = now;
  }

  private void writeTile(Tile tile, byte[] bytes) throws IOException {
    disk.write(tile.path(), bytes);
    if (tile.full()) {
      outgrown.add(tile.path() + ".p");
    }
  }

  /** From here on the entries are covered: a crash before leaves the checkpoint before. */
  private void sign() throws IOException {
    disk.write("checkpoint", Note.sign(checkpoint.text(), key).getBytes(StandardCharsets.UTF_8));
  }

  /** Narrower forms of a tile may go once the full one is there. */
  private void removeOutgrown() throws IOException {
    for (String folder : outgrown) {
      disk.removeFolder(folder);
    }
    outgrown.clear();
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  VerifierKey key() {
    return key.verifier();
  }

  /** A proof file for an entry that the checkpoint on disk covers. */
  String proof(long index) throws IOException {
    byte[] note = disk.read("checkpoint");
    if (note == null) {
      throw new IOException("the checkpoint is missing");
    }
    long size = signed(note, key.verifier()).size();
    List<Hash> path = Proof.inclusion(index, size, tile -> read(disk, tile));
    return Proof.file(index, path, new String(note, StandardCharsets.UTF_8));
  }
}
