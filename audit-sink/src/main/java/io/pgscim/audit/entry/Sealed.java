package io.pgscim.audit.entry;

import java.util.Objects;
import java.util.UUID;

/**
 * What is personal of somebody, readable with that person's key only. An entry names its SHA-256:
 * the log proves what was known of a person for as long as the key is there, and afterwards says
 * nothing.
 *
 * @param user the directory's id of the person
 * @param event of which entry it is
 * @param bytes nonce, ciphertext and tag of AES-256-GCM
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Sealed(String user, UUID event, byte[] bytes) {

  public Sealed {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(bytes, "bytes");
  }

  String digest() {
    return Digest.hex(bytes);
  }

  /** Seals what is personal. */
  @FunctionalInterface
  public interface Sealer {
    Sealed seal(UUID event, Personal personal);
  }
}
