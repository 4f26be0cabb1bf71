package io.pgscim.audit.verify;

import io.pgscim.audit.tlog.NoteException;
import io.pgscim.audit.tlog.SignedCheckpoint;
import io.pgscim.audit.tlog.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The keys that a log's checkpoints may be signed with: several once they have been rotated. */
public record Keys(List<VerifierKey> keys) {

  public Keys {
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("no key");
    }
  }

  /** The keys of texts that hold one on each line. */
  public static Keys parse(List<String> texts) throws NoteException {
    var keys = new ArrayList<VerifierKey>();
    for (String text : texts) {
      keys.addAll(VerifierKey.parseAll(text));
    }
    return new Keys(keys);
  }

  /**
   * The checkpoint of a signed note.
   *
   * @param where how the note is called when it is wrong
   */
  public SignedCheckpoint open(String where, String note) throws Wrong {
    try {
      return SignedCheckpoint.open(note, keys);
    } catch (NoteException e) {
      throw new Wrong(where, e.getMessage());
    }
  }

  /** The checkpoint of a file; the file must be there. */
  public SignedCheckpoint open(String where, byte[] note) throws Wrong {
    if (note == null) {
      throw new Wrong(where, "is missing");
    }
    return open(where, new String(note, StandardCharsets.UTF_8));
  }
}
