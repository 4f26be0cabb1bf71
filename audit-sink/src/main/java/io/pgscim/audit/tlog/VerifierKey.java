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
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The public key of a signed note: {@code name+hash+base64(0x01 || Ed25519 public key)}.
 *
 * @param id the first four bytes of SHA-256(name || 0x0A || 0x01 || key)
 */
public record VerifierKey(String name, int id, PublicKey key, String text) {
  private static final byte ED25519 = 1;

  /** The key of a name and 32 bytes (RFC 8032). */
  public static VerifierKey of(String name, byte[] key) {
    if (!isName(name)) {
      throw new IllegalArgumentException("no name for a key: '" + name + "'");
    }
    byte[] typed = typed(key);
    int id = id(name, typed);
    String text =
        name
            + "+"
            + HexFormat.of().toHexDigits(id)
            + "+"
            + Base64.getEncoder().encodeToString(typed);
    return new VerifierKey(name, id, publicKey(key), text);
  }

  /** The key that the text is. */
  public static VerifierKey parse(String text) throws NoteException {
    String[] parts = text.strip().split("\\+", 3);
    try {
      byte[] typed = Base64.getDecoder().decode(parts[parts.length - 1]);
      if (parts.length != 3 || typed.length != 33 || typed[0] != ED25519) {
        throw new NoteException("not a verifier key with Ed25519");
      }
      VerifierKey key = of(parts[0], Arrays.copyOfRange(typed, 1, 33));
      if (!key.text.equals(text.strip())) {
        throw new NoteException("the verifier key's hash does not belong to its name and key");
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw new NoteException("not a verifier key: " + e.getMessage());
    }
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

  boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static byte[] typed(byte[] key) {
    if (key.length != 32) {
      throw new IllegalArgumentException("an Ed25519 key has 32 bytes, not " + key.length);
    }
    return ByteBuffer.allocate(33).put(ED25519).put(key).array();
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
