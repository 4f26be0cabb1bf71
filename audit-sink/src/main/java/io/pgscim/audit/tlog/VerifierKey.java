package io.pgscim.audit.tlog;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * The public key of a signed note: {@code name+hash+base64(kind || Ed25519 public key)}.
 *
 * @param kind how the key signs
 * @param id the first four bytes of SHA-256(name || 0x0A || kind || key)
 */
public record VerifierKey(String name, Kind kind, int id, PublicKey key, String text) {

  /** How a key signs; the byte stands for it in the key's text and id. */
  public enum Kind {
    /** The note's text (C2SP signed-note). */
    NOTE(1),
    /** The note's text and the time (C2SP tlog-cosignature, version 1). */
    COSIGNATURE(4);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }
  }

  /** The key of a log, of 32 bytes (RFC 8032). */
  public static VerifierKey of(String name, byte[] key) {
    return of(name, Kind.NOTE, key);
  }

  private static VerifierKey of(String name, Kind kind, byte[] key) {
    if (!isName(name)) {
      throw new IllegalArgumentException("no name for a key: '" + name + "'");
    }
    byte[] typed = typed(kind, key);
    int id = id(name, typed);
    String text =
        name
            + "+"
            + HexFormat.of().toHexDigits(id)
            + "+"
            + Base64.getEncoder().encodeToString(typed);
    return new VerifierKey(name, kind, id, publicKey(key), text);
  }

  /** The key that the text is. */
  public static VerifierKey parse(String text) throws NoteException {
    String[] parts = text.strip().split("\\+", 3);
    try {
      byte[] typed = Base64.getDecoder().decode(parts[parts.length - 1]);
      if (parts.length != 3 || typed.length != 33) {
        throw new NoteException("not a verifier key with Ed25519");
      }
      VerifierKey key = of(parts[0], kind(typed[0]), Arrays.copyOfRange(typed, 1, 33));
      if (!key.text.equals(text.strip())) {
        throw new NoteException("the verifier key's hash does not belong to its name and key");
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw new NoteException("not a verifier key: " + e.getMessage());
    }
  }

  /** The keys of a text, one a line. */
  public static List<VerifierKey> parseAll(String text) throws NoteException {
    var keys = new ArrayList<VerifierKey>();
    for (String line : text.strip().split("\n", -1)) {
      keys.add(parse(line));
    }
    return keys;
  }

  private static Kind kind(byte code) throws NoteException {
    for (Kind kind : Kind.values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new NoteException("not a verifier key with Ed25519");
  }

  /** The same key as it cosigns: under another id, so that neither is taken for the other. */
  public VerifierKey cosigner() {
    byte[] typed = Base64.getDecoder().decode(text.split("\\+", 3)[2]);
    return of(name, Kind.COSIGNATURE, Arrays.copyOfRange(typed, 1, 33));
  }

  /** Whether a key may be called so: something, without space, control character or plus. */
  public static boolean isName(String name) {
    return !name.isEmpty()
        && name.codePoints()
            .noneMatch(
                c ->
                    c == '+'
                        || Character.isISOControl(c)
                        || Character.isWhitespace(c)
                        || Character.isSpaceChar(c));
  }

  /** Whether the signature, as it stands in a note, is this key's of that text. */
  boolean verifies(String text, byte[] signature) {
    return switch (kind) {
      case NOTE -> verifies(text.getBytes(StandardCharsets.UTF_8), signature);
      case COSIGNATURE ->
          Cosignature.isOne(signature)
              && verifies(
                  Cosignature.message(Cosignature.seconds(signature), text),
                  Cosignature.signature(signature));
    };
  }

  private boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static byte[] typed(Kind kind, byte[] key) {
    if (key.length != 32) {
      throw new IllegalArgumentException("an Ed25519 key has 32 bytes, not " + key.length);
    }
    return ByteBuffer.allocate(33).put(kind.code).put(key).array();
  }

  private static int id(String name, byte[] typed) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
      return ByteBuffer.wrap(digest.digest(typed)).getInt();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** RFC 8032 section 5.1.2: little-endian y, and the lowest bit of x on top. */
  private static PublicKey publicKey(byte[] key) {
    byte[] y = new byte[32];
    for (int i = 0; i < 32; i++) {
      y[i] = key[31 - i];
    }
    boolean xOdd = (y[0] & 0x80) != 0;
    y[0] &= 0x7F;
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(
              new EdECPublicKeySpec(
                  NamedParameterSpec.ED25519, new EdECPoint(xOdd, new BigInteger(1, y))));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no Ed25519 key", e);
    }
  }
}
