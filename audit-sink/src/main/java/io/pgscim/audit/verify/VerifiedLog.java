package io.pgscim.audit.verify;

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
  private final BundleCheck bundles;
  private final Map<Tile, byte[]> tiles =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Tile, byte[]> eldest) {
          return size() > KEPT;
        }
      };

  private VerifiedLog(LogSource source, String note, Checkpoint signed) throws IOException, Wrong {
    this.source = source;
    this.note = note;
    this.signed = signed;
    this.bundles = new BundleCheck(source, signed, List.of());
    this.edge = Edge.load(signed.size(), this::tile);
    if (!edge.root().equals(signed.root())) {
      throw new Wrong("checkpoint", "signs another root than the tiles at the right edge have");
    }
  }

  /** Opens a log as its checkpoint describes it now. */
  public static VerifiedLog open(LogSource source, Keys keys) throws IOException, Wrong {
    byte[] note = source.read("checkpoint");
    Checkpoint signed = keys.open("checkpoint", note).checkpoint();
    return new VerifiedLog(source, new String(note, StandardCharsets.UTF_8), signed);
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
   */
  public List<byte[]> bundleOf(long index) throws IOException, Wrong {
    return Bundle.entries(proven(index).bundle());
  }

  /** A bundle that agrees with its tile, where the tile leads to the root. */
  private BundleCheck.Checked proven(long index) throws IOException, Wrong {
    BundleCheck.Checked bundle = bundles.check(index / Tile.FULL * Tile.FULL);
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

  /** A proof of an entry, which it carries. */
  public ProofFile proof(long index) throws IOException, Wrong {
    byte[] entry = bundleOf(index).get((int) (index % Tile.FULL));
    var proof = new ProofFile(Optional.of(entry), index, path(index), note);
    if (!proof.proves(entry, signed)) {
      throw new Wrong(
          Tile.holding(0, index, signed.size()).path(),
          "does not lead to the root that was signed");
    }
    return proof;
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
