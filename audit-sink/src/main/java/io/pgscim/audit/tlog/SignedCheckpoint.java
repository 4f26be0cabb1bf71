package io.pgscim.audit.tlog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A checkpoint with the signatures of its log.
 *
 * @param time until when nothing more had happened, by the log's own clock; empty when it does not
 *     say
 * @param note as it is published, with whatever other signatures
 */
public record SignedCheckpoint(Checkpoint checkpoint, Optional<Instant> time, Note note) {

  /**
   * Signs a checkpoint with each of the keys, and says when with each.
   *
   * @param keys of the log
   * @param time counted in whole seconds
   */
  public static SignedCheckpoint sign(Checkpoint checkpoint, Instant time, List<SignerKey> keys) {
    String text = checkpoint.text();
    Note note = new Note(text, List.of());
    for (SignerKey key : keys) {
      note = note.with(List.of(key.sign(text), key.cosign(text, time)));
    }
    Instant whole = Instant.ofEpochSecond(time.getEpochSecond());
    return new SignedCheckpoint(checkpoint, Optional.of(whole), note);
  }

  /**
   * The checkpoint that a note holds, signed by at least one of the keys.
   *
   * @param keys of one log: while its key is replaced there are two
   * @throws NoteException when it is no checkpoint of that log, none of the keys signed it, or one
   *     of them signed something else
   */
  public static SignedCheckpoint open(String note, List<VerifierKey> keys) throws NoteException {
    Note parsed = Note.parse(note);
    parsed.requireSignedBy(keys);
    Checkpoint checkpoint = Checkpoint.parse(parsed.text());
    Optional<Instant> time = Optional.empty();
    for (VerifierKey key : keys) {
      if (!key.name().equals(checkpoint.origin())) {
        throw new NoteException(
            "a checkpoint of " + checkpoint.origin() + ", not of " + key.name());
      }
      time = later(time, parsed.cosignedBy(key.cosigner()));
    }
    return new SignedCheckpoint(checkpoint, time, parsed);
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().isAfter(other.get()) ? one : other;
  }
}
