package io.pgscim.audit.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A signature that says when (C2SP tlog-cosignature, version 1): eight bytes of seconds since 1970,
 * and Ed25519 over them and the checkpoint. No checkpoint can be mistaken for what is signed, whose
 * second line says the time where a checkpoint has its size.
 */
final class Cosignature {
  private static final int TIME = Long.BYTES;
  private static final int LENGTH = TIME + 64;

  private Cosignature() {}

  static boolean isOne(byte[] bytes) {
    return bytes.length == LENGTH && ByteBuffer.wrap(bytes).getLong() >= 0;
  }

  static byte[] of(Instant time, byte[] signature) {
    return ByteBuffer.allocate(LENGTH).putLong(time.getEpochSecond()).put(signature).array();
  }

  static Instant time(byte[] cosignature) throws NoteException {
    long seconds = ByteBuffer.wrap(cosignature).getLong();
    if (seconds > Instant.MAX.getEpochSecond()) {
      throw new NoteException("a cosignature of a time that no calendar has");
    }
    return Instant.ofEpochSecond(seconds);
  }

  static byte[] signature(byte[] cosignature) {
    byte[] signature = new byte[LENGTH - TIME];
    ByteBuffer.wrap(cosignature).position(TIME).get(signature);
    return signature;
  }

  static byte[] message(long seconds, String text) {
    return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
  }

  static long seconds(byte[] cosignature) {
    return ByteBuffer.wrap(cosignature).getLong();
  }
}
