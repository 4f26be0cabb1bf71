package io.pgscim.audit.tlog;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The private key of a signed note: {@code PRIVATE+KEY+name+hash+base64(0x01 || Ed25519 seed)}, the
 * text that Go's note package reads.
 */
public final class SignerKey {
  private static final String PREFIX = "PRIVATE+KEY+";
  private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

  private final PrivateKey key;
  private final VerifierKey verifier;
  private final byte[] seed;

  private SignerKey(String name, byte[] seed) {
    try {
      this.seed = seed;
      KeyPair pair = pair(seed);
      this.key = pair.getPrivate();
      this.verifier = VerifierKey.of(name, bytes((EdECPublicKey) pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no Ed25519", e);
    }
  }

  /** A new key. */
  public static SignerKey generate(String name) {
    byte[] seed = new byte[32];
    new SecureRandom().nextBytes(seed);
    return new SignerKey(name, seed);
  }

  /** The key that the text is. The message of a failure holds nothing of it. */
  public static SignerKey parse(String text) throws NoteException {
    String[] parts = text.strip().split("\\+", 5);
    if (parts.length != 5 || !text.startsWith(PREFIX)) {
      throw new NoteException("not the private key of a note");
    }
    try {
      byte[] typed = Base64.getDecoder().decode(parts[4]);
      if (typed.length == 33 && typed[0] == 1) {
        var key = new SignerKey(parts[2], Arrays.copyOfRange(typed, 1, 33));
        if (key.text().equals(text.strip())) {
          return key;
        }
      }
    } catch (IllegalArgumentException e) {
      throw new NoteException("the private key of a note is not base64");
    }
    throw new NoteException("the private key's hash does not belong to its name and key");
  }

  /** The secret itself, for the key file alone. */
  public String text() {
    byte[] typed = new byte[33];
    typed[0] = 1;
    System.arraycopy(seed, 0, typed, 1, 32);
    return PREFIX
        + verifier.name()
        + "+"
        + HexFormat.of().toHexDigits(verifier.id())
        + "+"
        + Base64.getEncoder().encodeToString(typed);
  }

  public VerifierKey verifier() {
    return verifier;
  }

  /** This key's signature of a note's text. */
  public Note.Signature sign(String text) {
    return new Note.Signature(
        verifier.name(), verifier.id(), sign(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** This key's statement that a checkpoint was the latest at a time, in whole seconds. */
  public Note.Signature cosign(String text, Instant time) {
    byte[] signature = sign(Cosignature.message(time.getEpochSecond(), text));
    return new Note.Signature(
        verifier.name(), verifier.cosigner().id(), Cosignature.of(time, signature));
  }

  private byte[] sign(byte[] message) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(key);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot sign with Ed25519", e);
    }
  }

  /**
   * Java has no call from a seed to its public key, but its generator takes the seed as its first
   * 32 random bytes. That the two belong together is proven by a signature.
   */
  private static KeyPair pair(byte[] seed) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
    KeyPair generated = generator.generateKeyPair();
    byte[] encoded = Arrays.copyOf(PKCS8, PKCS8.length + 32);
    System.arraycopy(seed, 0, encoded, PKCS8.length, 32);
    PrivateKey key =
        KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key);
    byte[] signed = signature.sign();
    signature.initVerify(generated.getPublic());
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException("the seed's public key cannot be found");
    }
    return new KeyPair(generated.getPublic(), key);
  }

  private static byte[] bytes(EdECPublicKey key) {
    byte[] y = key.getPoint().getY().toByteArray();
    byte[] bytes = new byte[32];
    for (int i = 0; i < Math.min(32, y.length); i++) {
      bytes[i] = y[y.length - 1 - i];
    }
    if (key.getPoint().isXOdd()) {
      bytes[31] |= (byte) 0x80;
    }
    return bytes;
  }

  private static final class Fixed extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] bytes;

    Fixed(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] into) {
      System.arraycopy(bytes, 0, into, 0, into.length);
    }
  }
}
