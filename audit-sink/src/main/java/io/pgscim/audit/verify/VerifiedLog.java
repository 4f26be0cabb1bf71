package io.pgscim.audit.verify;

import io.pgscim.audit.entry.NotKept;
import io.pgscim.audit.source.LogSource;
import io.pgscim.audit.tlog.Bundle;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Edge;
import io.pgscim.audit.tlog.Hash;
import io.pgscim.audit.tlog.Proof;
import io.pgscim.audit.tlog.ProofFile;
import io.pgscim.audit.tlog.Tile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Some entries of a log, each proven to be the one that its checkpoint covers, without reading the
 * others. For one thread.
 */
public final class VerifiedLog {
  private static final int KEPT = 64;
  private static final int TILE_HEIGHT = 8;

  private final LogSource source;
  private final String note;
  private final Checkpoint signed;
  private final Edge edge;
  private final Kept kept;
  private final BundleCheck bundles;
  private final Map<Tile, byte[]> tiles =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Tile, byte[]> eldest) {
          return size() > KEPT;
        }
      };

  private VerifiedLog(String note, Checkpoint signed, Kept kept) throws IOException, Wrong {
    this.source = kept.source();
    this.note = note;
    this.signed = signed;
    this.kept = kept;
    this.bundles = new BundleCheck(kept, List.of());
    this.edge = Edge.load(signed.size(), this::tile);
    if (!edge.root().equals(signed.root())) {
      throw new Wrong("checkpoint", "signs another root than the tiles at the right edge have");
    }
  }

  /** Opens a log as its checkpoint describes it now. */
  public static VerifiedLog open(LogSource source, Keys keys) throws IOException, Wrong {
    byte[] note = source.read("checkpoint");
    Checkpoint signed = keys.open("checkpoint", note).checkpoint();
    return new VerifiedLog(
        new String(note, StandardCharsets.UTF_8), signed, Kept.of(source, signed));
  }

  /** The log of a checkpoint whose signature was checked; gives no proofs. */
  static VerifiedLog of(Checkpoint signed, Kept kept) throws IOException, Wrong {
    return new VerifiedLog("", signed, kept);
  }

  /** What was signed. */
  public Checkpoint signed() {
    return signed;
  }

  /**
   * The root of the log as it was, by its tiles.
   *
   * @param size how many entries it had, at most as many as now
   */
  public Hash rootAt(long size) throws IOException {
    return Tiles.edgeAt(source, size, signed.size()).root();
  }

  /** The right edge of its tree. */
  public Edge edge() {
    return edge.copy();
  }

  /**
   * The entries of the bundle that holds an entry.
   *
   * @param index an entry of the log
   * @throws NotKept when it was pruned
   */
  public List<byte[]> bundleOf(long index) throws IOException, Wrong {
    return Bundle.entries(proven(index).bundle());
  }

  /** A bundle that agrees with its tile, where the tile leads to the root. */
  private BundleCheck.Checked proven(long index) throws IOException, Wrong {
    BundleCheck.Checked bundle = bundles.check(index / Tile.FULL * Tile.FULL);
    if (bundle.bundle() == null) {
      throw kept.refusal(index);
    }
    Tile tile = Tile.holding(0, index, signed.size());
    if (tile.full() ? !leads(bundle) : !Arrays.equals(bundle.leaves(), edge.bytes(tile))) {
      throw new Wrong(tile.path(), "does not lead to the root that was signed");
    }
    return bundle;
  }

  /** Above its tile, the path of the tile's root is that of its first entry. */
  private boolean leads(BundleCheck.Checked bundle) throws IOException, Wrong {
    List<Hash> path = path(bundle.first());
    return Proof.includes(
        bundle.first() / Tile.FULL,
        (signed.size() - 1) / Tile.FULL + 1,
        bundle.root(),
        path.subList(TILE_HEIGHT, path.size()),
        signed.root());
  }

  /** A proof of an entry, which it carries when it was not pruned. */
  public ProofFile proof(long index) throws IOException, Wrong {
    Optional<byte[]> entry = entry(index);
    Tile tile = Tile.holding(0, index, signed.size());
    int number = (int) (index % Tile.FULL);
    List<Hash> path = path(index);
    Hash leaf = Hash.of(tile(tile), number * Hash.SIZE);
    if (!Proof.includes(index, signed.size(), leaf, path, signed.root())) {
      throw new Wrong(tile.path(), "does not lead to the root that was signed");
    }
    return new ProofFile(entry, index, path, note);
  }

  private Optional<byte[]> entry(long index) throws IOException, Wrong {
    try {
      return Optional.of(bundleOf(index).get((int) (index % Tile.FULL)));
    } catch (NotKept pruned) {
      return Optional.empty();
    }
  }

  private List<Hash> path(long index) throws IOException, Wrong {
    return new ArrayList<>(Proof.inclusion(index, signed.size(), this::tile));
  }

  private byte[] tile(Tile tile) throws IOException, Wrong {
    byte[] bytes = tiles.get(tile);
    if (bytes == null) {
      bytes = Tiles.hashes(source, tile);
      tiles.put(tile, bytes);
    }
    return bytes;
  }
}
