package io.pgscim.audit.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A signed note (C2SP signed-note): a text, a blank line, and a line for each signature.
 *
 * @param text ends in a newline
 */
public record Note(String text, List<Note.Signature> signatures) {
  private static final String MARK = "\u2014 ";
  private static final int MAX_LENGTH = 1_000_000;

  /**
   * A line below the text.
   *
   * @param id of the key; with the name it says which key signed in which way
   * @param bytes what that key made of the text
   */
  @SuppressWarnings("ArrayRecordComponent") // read from a note or written to one, never compared
  public record Signature(String name, int id, byte[] bytes) {

    public Signature {
      if (!VerifierKey.isName(name) || bytes.length == 0) {
        throw new IllegalArgumentException("no signature of " + name);
      }
    }

    static Signature parse(String line) throws NoteException {
      int space = line.lastIndexOf(' ');
      if (!line.startsWith(MARK) || space < MARK.length()) {
        throw new NoteException("a signature line is malformed");
      }
      try {
        byte[] blob = decode(line.substring(space + 1));
        if (blob.length >= 5) {
          return new Signature(
              line.substring(MARK.length(), space),
              ByteBuffer.wrap(blob).getInt(),
              Arrays.copyOfRange(blob, 4, blob.length));
        }
      } catch (IllegalArgumentException e) {
        throw new NoteException("a signature line is malformed");
      }
      throw new NoteException("a signature line is malformed");
    }

    boolean isBy(VerifierKey key) {
      return id == key.id() && name.equals(key.name());
    }

    @Override
    public String toString() {
      byte[] blob = ByteBuffer.allocate(4 + bytes.length).putInt(id).put(bytes).array();
      return MARK + name + " " + Base64.getEncoder().encodeToString(blob) + "\n";
    }
  }

  public Note {
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("the text of a note ends in a newline");
    }
    signatures = List.copyOf(signatures);
  }

  /** The note that the text is; no signature has been looked at. */
  public static Note parse(String note) throws NoteException {
    int split = note.lastIndexOf("\n\n");
    if (note.length() > MAX_LENGTH || split < 0 || !note.endsWith("\n")) {
      throw new NoteException("not a signed note");
    }
    if (note.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
      throw new NoteException("a note has no control characters");
    }
    return new Note(note.substring(0, split + 1), signatures(note.substring(split + 2)));
  }

  /** The signature lines that the text consists of. */
  public static List<Signature> signatures(String lines) throws NoteException {
    if (lines.length() > MAX_LENGTH || !lines.endsWith("\n")) {
      throw new NoteException("a signature line is malformed");
    }
    var signatures = new ArrayList<Signature>();
    for (String line : lines.substring(0, lines.length() - 1).split("\n", -1)) {
      signatures.add(Signature.parse(line));
    }
    return signatures;
  }

  /** The text with a signature below it. */
  public static String sign(String text, SignerKey key) {
    return new Note(text, List.of(key.sign(text))).toString();
  }

  /**
   * The text of a note that the key signed. Signatures by other keys are ignored.
   *
   * @throws NoteException when it is malformed, the key did not sign it, or signed something else
   */
  public static String open(String note, VerifierKey key) throws NoteException {
    Note parsed = parse(note);
    parsed.requireSignedBy(List.of(key));
    return parsed.text;
  }

  /**
   * Looks at the signature of each key; one of them is enough.
   *
   * @throws NoteException when none of the keys signed it, or one of them something else
   */
  void requireSignedBy(List<VerifierKey> keys) throws NoteException {
    boolean signed = false;
    for (VerifierKey key : keys) {
      signed |= signedBy(key);
    }
    if (!signed) {
      throw new NoteException(
          keys.size() == 1
              ? "not signed by " + keys.getFirst().name()
              : "not signed by any of the " + keys.size() + " keys of " + keys.getFirst().name());
    }
  }

  /** The note with further signatures. */
  public Note with(List<Signature> further) {
    var all = new ArrayList<>(signatures);
    all.addAll(further);
    return new Note(text, all);
  }

  /**
   * Whether the key signed it.
   *
   * @throws NoteException when the key signed something else
   */
  public boolean signedBy(VerifierKey key) throws NoteException {
    boolean signed = false;
    for (Signature signature : signatures) {
      signed |= signature.isBy(key) && verified(signature, key);
    }
    return signed;
  }

  /**
   * When the key cosigned it, last: by then it was the largest tree that the cosigner knew.
   *
   * @param key of the kind {@link VerifierKey.Kind#COSIGNATURE}
   * @throws NoteException when the key cosigned something else
   */
  public Optional<Instant> cosignedBy(VerifierKey key) throws NoteException {
    Instant last = null;
    for (Signature signature : signatures) {
      if (signature.isBy(key) && verified(signature, key)) {
        Instant time = Cosignature.time(signature.bytes());
        last = last == null || time.isAfter(last) ? time : last;
      }
    }
    return Optional.ofNullable(last);
  }

  private boolean verified(Signature signature, VerifierKey key) throws NoteException {
    if (!key.verifies(text, signature.bytes())) {
      throw new NoteException("the signature of " + key.name() + " is wrong");
    }
    return true;
  }

  /** The note as it is stored and sent. */
  @Override
  public String toString() {
    var note = new StringBuilder(text).append('\n');
    signatures.forEach(note::append);
    return note.toString();
  }

  /** UTF-8 of the note. */
  public byte[] bytes() {
    return toString().getBytes(StandardCharsets.UTF_8);
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
