package io.pgscim.audit.people;

import io.pgscim.audit.entry.Personal;
import io.pgscim.audit.entry.Sealed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one person: AES-256-GCM with a random nonce in front, bound to the person and the
 * event, so that nothing sealed can pass for another's or for another moment's.
 */
final class PersonKey {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int KEY = 32;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final String user;
  private final byte[] key;

  PersonKey(String user, byte[] key) {
    if (key.length != KEY) {
      throw new IllegalArgumentException("a key of " + key.length + " bytes");
    }
    this.user = user;
    this.key = key.clone();
  }

  static PersonKey fresh(String user) {
    byte[] key = new byte[KEY];
    RANDOM.nextBytes(key);
    return new PersonKey(user, key);
  }

  String user() {
    return user;
  }

  byte[] bytes() {
    return key.clone();
  }

  Sealed seal(UUID event, Personal personal) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, event, nonce).doFinal(personal.json());
      return new Sealed(
          user, event, ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  /**
   * What was sealed.
   *
   * @throws SealBroken when the bytes were changed, or belong to another person or event
   */
  byte[] open(Sealed sealed) throws SealBroken {
    if (sealed.bytes().length < NONCE) {
      throw new SealBroken(sealed.event());
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, sealed.event(), Arrays.copyOf(sealed.bytes(), NONCE))
          .doFinal(sealed.bytes(), NONCE, sealed.bytes().length - NONCE);
    } catch (AEADBadTagException e) {
      throw new SealBroken(sealed.event());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  private Cipher cipher(int mode, UUID event, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((event + "\n" + user).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
