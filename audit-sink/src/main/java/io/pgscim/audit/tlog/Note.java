package io.pgscim.audit.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Signed notes (C2SP signed-note): a text, a blank line, and a line for each signature. */
public final class Note {
  private static final String MARK = "\u2014 ";
  private static final int MAX_LENGTH = 1_000_000;

  private Note() {}

  /**
   * The text with a signature below it.
   *
   * @param text ends in a newline
   */
  public static String sign(String text, SignerKey key) {
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("the text of a note ends in a newline");
    }
    byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
    ByteBuffer blob = ByteBuffer.allocate(4 + signature.length);
    blob.putInt(key.verifier().id()).put(signature);
    return text
        + "\n"
        + MARK
        + key.verifier().name()
        + " "
        + Base64.getEncoder().encodeToString(blob.array())
        + "\n";
  }

  /**
   * The text of a note that the key signed. Signatures by other keys are ignored.
   *
   * @throws NoteException when it is malformed, the key did not sign it, or signed something else
   */
  public static String open(String note, VerifierKey key) throws NoteException {
    int split = note.lastIndexOf("\n\n");
    if (note.length() > MAX_LENGTH || split < 0 || !note.endsWith("\n")) {
      throw new NoteException("not a signed note");
    }
    if (note.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
      throw new NoteException("a note has no control characters");
    }
    String text = note.substring(0, split + 1);
    boolean signed = false;
    for (String line : note.substring(split + 2, note.length() - 1).split("\n", -1)) {
      signed |= signedBy(text, line, key);
    }
    if (!signed) {
      throw new NoteException("not signed by " + key.name());
    }
    return text;
  }

  private static boolean signedBy(String text, String line, VerifierKey key) throws NoteException {
    int space = line.lastIndexOf(' ');
    if (!line.startsWith(MARK) || space < MARK.length()) {
      throw new NoteException("a signature line is malformed");
    }
    String name = line.substring(MARK.length(), space);
    byte[] blob;
    try {
      blob = decode(line.substring(space + 1));
    } catch (IllegalArgumentException e) {
      throw new NoteException("a signature line is malformed");
    }
    if (!VerifierKey.isName(name) || blob.length < 5) {
      throw new NoteException("a signature line is malformed");
    }
    if (!name.equals(key.name()) || ByteBuffer.wrap(blob).getInt() != key.id()) {
      return false;
    }
    if (!key.verifies(
        text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(blob, 4, blob.length))) {
      throw new NoteException("the signature of " + name + " is wrong");
    }
    return true;
  }

  /** Base64 of which every text means another value: unused bits must be zero. */
  static byte[] decode(String base64) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    if (!Base64.getEncoder().encodeToString(bytes).equals(base64)) {
      throw new IllegalArgumentException("not the one base64 of its bytes");
    }
    return bytes;
  }
}
