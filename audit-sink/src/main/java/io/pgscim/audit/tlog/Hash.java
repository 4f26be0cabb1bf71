package io.pgscim.audit.tlog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A SHA-256 hash of a Merkle tree (RFC 6962 section 2.1). */
public final class Hash {
  /** Bytes of a hash. */
  public static final int SIZE = 32;

  /** The root of the tree without entries. */
  public static final Hash EMPTY = new Hash(digest().digest());

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The hash that those 32 bytes are. */
  public static Hash of(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    return new Hash(bytes.clone());
  }

  /** The hash that stands in the bytes at an offset. */
  public static Hash of(byte[] bytes, int at) {
    return new Hash(Arrays.copyOfRange(bytes, at, at + SIZE));
  }

  /** The leaf of an entry. */
  public static Hash leaf(byte[] entry) {
    MessageDigest digest = digest();
    digest.update((byte) 0);
    return new Hash(digest.digest(entry));
  }

  /** The parent of two nodes. */
  public static Hash node(Hash left, Hash right) {
    MessageDigest digest = digest();
    digest.update((byte) 1);
    digest.update(left.bytes);
    return new Hash(digest.digest(right.bytes));
  }

  /** The root over perfect subtrees of falling size, left to right. */
  static Hash fold(List<Hash> subtrees) {
    if (subtrees.isEmpty()) {
      return EMPTY;
    }
    Hash root = subtrees.getLast();
    for (int i = subtrees.size() - 2; i >= 0; i--) {
      root = node(subtrees.get(i), root);
    }
    return root;
  }

  /** The root over as many hashes as a power of two. */
  static Hash perfect(List<Hash> hashes) {
    if (hashes.size() == 1) {
      return hashes.getFirst();
    }
    int half = hashes.size() / 2;
    return node(perfect(hashes.subList(0, half)), perfect(hashes.subList(half, hashes.size())));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Standard base64, as checkpoints and proofs write it. */
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return base64();
  }
}
