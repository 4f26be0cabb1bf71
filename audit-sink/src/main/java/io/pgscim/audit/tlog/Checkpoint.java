package io.pgscim.audit.tlog;

import java.util.List;

/** What a log says about itself (C2SP tlog-checkpoint): so many entries, with that root. */
public record Checkpoint(String origin, long size, Hash root) {

  public Checkpoint {
    if (size < 0 || origin.isEmpty() || origin.contains("\n")) {
      throw new IllegalArgumentException("no checkpoint of " + size + " entries");
    }
  }

  /** The text that is signed. */
  public String text() {
    return origin + "\n" + size + "\n" + root.base64() + "\n";
  }

  /** The checkpoint that a note holds which the key signed. */
  public static Checkpoint open(String note, VerifierKey key) throws NoteException {
    return open(note, List.of(key));
  }

  /** The checkpoint of a note that one of the keys signed: {@link SignedCheckpoint#open}. */
  public static Checkpoint open(String note, List<VerifierKey> keys) throws NoteException {
    return SignedCheckpoint.open(note, keys).checkpoint();
  }

  /** The checkpoint of a note's text. Extension lines are allowed and not looked at. */
  public static Checkpoint parse(String text) throws NoteException {
    String[] lines = text.split("\n", -1);
    if (lines.length < 4 || !lines[1].matches("0|[1-9][0-9]{0,17}")) {
      throw new NoteException("not a checkpoint: origin, size and root stand on one line each");
    }
    try {
      return new Checkpoint(lines[0], Long.parseLong(lines[1]), Hash.of(Note.decode(lines[2])));
    } catch (IllegalArgumentException e) {
      throw new NoteException("not a checkpoint: " + e.getMessage());
    }
  }
}
