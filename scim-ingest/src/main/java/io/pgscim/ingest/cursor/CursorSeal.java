package io.pgscim.ingest.cursor;

import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes a cursor a string that says nothing and cannot be made up: AES-256-GCM, which checks its
 * tag in constant time. A sorting value may be a name, and cursors stand in URLs, so a signature
 * alone would not do. What the cursor belongs to (source, types, filter, order, attributes) is
 * authenticated with it: for any other query it is as good as forged.
 */
final class CursorSeal {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKey key;
  private final Clock clock;

  /**
   * @param key 32 bytes
   */
  CursorSeal(byte[] key, Clock clock) {
    if (key.length != 32) {
      throw new IllegalArgumentException("the key has 32 bytes, not " + key.length);
    }
    this.key = new SecretKeySpec(key, "AES");
    this.clock = clock;
  }

  /** The cursor in characters that need no escaping in a URL (RFC 9865 §2). */
  String seal(Cursor cursor, List<String> query) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, query).doFinal(cursor.bytes());
      byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
      System.arraycopy(sealed, 0, all, NONCE, sealed.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /**
   * The cursor that was sealed for this query.
   *
   * @throws ScimException 400 invalidCursor for anything else, whatever it is; 400 expiredCursor
   */
  Cursor open(String text, List<String> query) {
    Cursor cursor = opened(text, query);
    if (!clock.instant().isBefore(cursor.expires())) {
      throw ScimException.badRequest(
          ScimType.EXPIRED_CURSOR, "the cursor has expired: begin again with an empty one");
    }
    return cursor;
  }

  private Cursor opened(String text, List<String> query) {
    try {
      byte[] all = Base64.getUrlDecoder().decode(text);
      if (all.length <= NONCE) {
        throw invalid();
      }
      byte[] nonce = Arrays.copyOf(all, NONCE);
      return Cursor.of(
          cipher(Cipher.DECRYPT_MODE, nonce, query).doFinal(all, NONCE, all.length - NONCE));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw invalid();
    }
  }

  private Cipher cipher(int mode, byte[] nonce, List<String> query)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    for (String part : query) {
      byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
      // With its length, so that no two queries run together into the same.
      String length = part == null ? "-;" : bytes.length + ";";
      cipher.updateAAD(length.getBytes(StandardCharsets.US_ASCII));
      cipher.updateAAD(bytes);
    }
    return cipher;
  }

  private static ScimException invalid() {
    return ScimException.badRequest(
        ScimType.INVALID_CURSOR, "the cursor is not one that was given out for this query");
  }
}
