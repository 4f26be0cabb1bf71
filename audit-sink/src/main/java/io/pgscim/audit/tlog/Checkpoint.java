package io.pgscim.audit.tlog;

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

  /** The checkpoint that a signed note holds. Extension lines are allowed and not looked at. */
  public static Checkpoint open(String note, VerifierKey key) throws NoteException {
    String[] lines = Note.open(note, key).split("\n", -1);
    if (lines.length < 4 || !lines[1].matches("0|[1-9][0-9]{0,17}")) {
      throw new NoteException("not a checkpoint: origin, size and root stand on one line each");
    }
    if (!lines[0].equals(key.name())) {
      throw new NoteException("a checkpoint of " + lines[0] + ", not of " + key.name());
    }
    try {
      return new Checkpoint(lines[0], Long.parseLong(lines[1]), Hash.of(Note.decode(lines[2])));
    } catch (IllegalArgumentException e) {
      throw new NoteException("not a checkpoint: " + e.getMessage());
    }
  }
}
