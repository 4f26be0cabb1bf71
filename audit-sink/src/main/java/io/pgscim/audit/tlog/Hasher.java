package io.pgscim.audit.tlog;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hashes of whole bundles at once (RFC 6962), without an object per entry. For one thread at a
 * time.
 */
public final class Hasher {
  private final MessageDigest digest;
  private final byte[] nodes = new byte[Tile.FULL * Hash.SIZE];

  public Hasher() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Told of each entry of a bundle: the bytes from {@code start} to {@code end}. */
  public interface Each<E extends Exception> {
    void entry(int number, int start, int end) throws E;
  }

  /**
   * Hashes the entries of a bundle.
   *
   * @param leaves where the leaf hashes go, 32 bytes each; those beyond its end are counted only
   * @return how many entries there are
   * @throws IllegalArgumentException when the bundle ends inside one
   */
  public <E extends Exception> int leaves(byte[] bundle, byte[] leaves, Each<E> each) throws E {
    int number = 0;
    int at = 0;
    while (at < bundle.length) {
      int start = at + 2;
      int end =
          start <= bundle.length
              ? start + ((bundle[at] & 0xFF) << 8 | bundle[at + 1] & 0xFF)
              : Integer.MAX_VALUE;
      if (end > bundle.length) {
        throw new IllegalArgumentException("ends inside entry " + number);
      }
      if ((number + 1) * Hash.SIZE <= leaves.length) {
        digest.update((byte) 0);
        digest.update(bundle, start, end - start);
        finish(leaves, number * Hash.SIZE);
        each.entry(number, start, end);
      }
      number++;
      at = end;
    }
    return number;
  }

  /** The root over the hashes of a full tile. */
  public Hash root(byte[] tile) {
    if (tile.length != nodes.length) {
      throw new IllegalArgumentException("a full tile has 8192 bytes, not " + tile.length);
    }
    System.arraycopy(tile, 0, nodes, 0, nodes.length);
    for (int width = Tile.FULL / 2; width > 0; width /= 2) {
      for (int i = 0; i < width; i++) {
        digest.update((byte) 1);
        digest.update(nodes, 2 * i * Hash.SIZE, 2 * Hash.SIZE);
        finish(nodes, i * Hash.SIZE);
      }
    }
    return Hash.of(nodes, 0);
  }

  private void finish(byte[] into, int at) {
    try {
      digest.digest(into, at, Hash.SIZE);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 has 32 bytes", e);
    }
  }
}
