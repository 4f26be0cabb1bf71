package io.pgscim.audit.tree;

import io.pgscim.audit.anchor.AnchorUnavailable;
import io.pgscim.audit.anchor.Anchored;
import io.pgscim.audit.anchor.Head;
import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Hash;
import io.pgscim.audit.tlog.Note;
import io.pgscim.audit.tlog.NoteException;
import io.pgscim.audit.tlog.Proof;
import io.pgscim.audit.tlog.SignedCheckpoint;
import io.pgscim.audit.tlog.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The log's entries as a C2SP tlog-tiles tree in a folder: {@code checkpoint}, {@code tile/},
 * {@code vkey}. One writer.
 *
 * <p>A checkpoint comes to be in this order: tiles, signatures, second place, witnesses, file.
 * Invariants:
 *
 * <ul>
 *   <li>Nothing that was signed leaves this process before the second place has it, and that lets
 *       only one writer through, and only forward.
 *   <li>The checkpoint on disk is the commit point of the tiles. The second place is never behind
 *       it; after a crash it may be ahead, and then the log must give just what it holds.
 *   <li>Nothing is signed that does not grow out of what was signed before: opening rebuilds the
 *       right edge from the tiles and compares its root with the signed one, and the edge only ever
 *       grows.
 * </ul>
 */
final class Tree {
  private static final int AT_ONCE = 8192;

  private final Disk disk;
  private final AuditLog log;
  private final Terms terms;
  private final Rotation rotation;
  private final Tiles tiles;
  private Keys keys;
  private Optional<SignedCheckpoint> published;
  private Instant signedLast = Instant.EPOCH;
  private Instant publishedAt;
  private boolean behind;

  private Tree(Disk disk, AuditLog log, Terms terms, Rotation rotation, Keys keys, String origin)
      throws IOException {
    this.disk = disk;
    this.log = log;
    this.terms = terms;
    this.rotation = rotation;
    this.keys = keys;
    this.published = published(disk, keys);
    published.flatMap(SignedCheckpoint::time).ifPresent(time -> signedLast = time);
    this.publishedAt = signedLast;
    this.tiles =
        Tiles.open(
            disk,
            log,
            published
                .map(SignedCheckpoint::checkpoint)
                .orElse(new Checkpoint(origin, 0, Hash.EMPTY)));
  }

  /** A tree that nobody but its folder knows of. */
  static Tree open(Disk disk, AuditLog log, Path keyFile, String origin) throws IOException {
    return open(disk, log, keyFile, origin, Terms.ALONE);
  }

  /**
   * Opens the tree of a log, or begins it. What was anchored and not published any more is the
   * first that {@link #grow} publishes.
   *
   * @throws io.pgscim.audit.anchor.Fenced when another process has the log
   * @throws IOException with one sentence: disk, log, second place and what was signed do not
   *     agree, or cannot be read
   */
  static Tree open(Disk disk, AuditLog log, Path keyFile, String origin, Terms terms)
      throws IOException {
    Keys keys = Keys.open(keyFile, origin);
    var tree = new Tree(disk, log, terms, new Rotation(log, keyFile, origin), keys, origin);
    tree.writeVerifierKeys();
    tree.agree();
    tree.behind = !tree.isPublished();
    return tree;
  }

  private static Optional<SignedCheckpoint> published(Disk disk, Keys keys) throws IOException {
    byte[] note = disk.read("checkpoint");
    try {
      return note == null
          ? Optional.empty()
          : Optional.of(
              SignedCheckpoint.open(new String(note, StandardCharsets.UTF_8), keys.verifiers()));
    } catch (NoteException e) {
      throw new IOException("the checkpoint on disk: " + e.getMessage(), e);
    }
  }

  /**
   * Compares with the second place, before and after the lease is taken: a folder that does not fit
   * takes it from nobody, and until it is taken the former writer may go on.
   */
  private void agree() throws IOException {
    if (terms.lease().isEmpty()) {
      return;
    }
    var lease = terms.lease().get();
    Anchored seen = lease.look();
    agree(seen);
    while (!lease.isTaken()) {
      lease.take(seen);
      seen = lease.look();
      agree(seen);
    }
  }

  private void agree(Anchored anchored) throws IOException {
    long onDisk = published.map(signed -> signed.checkpoint().size()).orElse(0L);
    if (anchored.head().isEmpty()) {
      if (published.isPresent() && !terms.begin()) {
        throw new IOException(
            "the anchor knows nothing of this log, which has "
                + onDisk
                + " signed entries; if that is as it should be, start once with"
                + " pgscim.audit.anchor.begin=true");
      }
      return;
    }
    Head head = anchored.head().get();
    long size = head.checkpoint().size();
    Optional<Instant> signed = published.flatMap(SignedCheckpoint::time);
    if (size < tiles.size()
        || (size == onDisk && signed.filter(head.time()::isBefore).isPresent())) {
      throw new IOException(
          "the anchor has "
              + size
              + " entries and is behind the checkpoint on disk, which has "
              + onDisk
              + ": the anchor was set back, or two logs have this name");
    }
    if (size > log.size()) {
      throw new IOException(
          "the anchor has "
              + size
              + " signed entries, this folder "
              + log.size()
              + ": it is older than what was signed, such as a restored backup");
    }
    while (tiles.size() < size) {
      tiles.grow((int) Math.min(AT_ONCE, size - tiles.size()));
    }
    if (!tiles.head().equals(head.checkpoint())) {
      throw new IOException(
          "the first "
              + size
              + " entries of this folder are not those that the anchor has a signed root of");
    }
    signedLast = head.time();
  }

  /**
   * Takes entries of the log into the tree, at most so many, and publishes a checkpoint when one is
   * due. After {@link Unpublished} the same tree goes on; after any other failure it must be opened
   * again.
   *
   * @return whether there were any
   */
  boolean grow(int limit) throws IOException {
    if (behind) {
      // While nothing can be published the tiles wait: opening would only write them again.
      publish();
    }
    boolean grew = tiles.grow(limit);
    rotate();
    if (isDue(terms.clock().instant())) {
      publish();
    }
    return grew;
  }

  private boolean isDue(Instant now) {
    Duration since = Duration.between(publishedAt, now);
    Duration pace = isPublished() ? terms.heartbeat() : terms.witnesses().pace();
    return since.isNegative() || since.compareTo(pace) >= 0;
  }

  private boolean isPublished() {
    return published.filter(signed -> signed.checkpoint().size() == tiles.size()).isPresent();
  }

  private void publish() throws IOException {
    behind = true;
    Instant now = terms.clock().instant();
    // A clock that was set back: the time in a checkpoint never is.
    SignedCheckpoint signed =
        SignedCheckpoint.sign(
            tiles.head(), now.isBefore(signedLast) ? signedLast : now, keys.all());
    anchor(signed);
    // A crash here leaves the second place ahead of the file; opening publishes what it holds.
    Note note = signed.note().with(witnessed(signed));
    disk.write("checkpoint", note.bytes());
    published = Optional.of(signed);
    signedLast = signed.time().orElseThrow();
    publishedAt = now;
    behind = false;
    terms.told().published(note.toString());
    tiles.published();
  }

  private void anchor(SignedCheckpoint signed) throws IOException {
    if (terms.lease().isPresent()) {
      try {
        terms
            .lease()
            .get()
            .swap(
                new Head(
                    signed.checkpoint(), signed.time().orElseThrow(), signed.note().toString()));
      } catch (AnchorUnavailable e) {
        throw new Unpublished(e.getMessage(), e);
      }
    }
  }

  private List<Note.Signature> witnessed(SignedCheckpoint signed) throws IOException {
    var answers = terms.witnesses().ask(signed, tile -> Tiles.read(disk, tile));
    if (answers.missing().isPresent()) {
      throw new Unpublished(answers.missing().get(), null);
    }
    return answers.signatures();
  }

  /** Follows the key files, and publishes at once under whatever keys there are now. */
  private void rotate() throws IOException {
    Optional<Keys> changed = rotation.step(keys, published.map(SignedCheckpoint::checkpoint));
    if (changed.isPresent()) {
      keys = changed.get();
      writeVerifierKeys();
      publish();
    }
  }

  private void writeVerifierKeys() throws IOException {
    disk.write("vkey", keys.vkey().getBytes(StandardCharsets.UTF_8));
  }

  /** How many entries it has; the checkpoint on disk may cover fewer. */
  long size() {
    return tiles.size();
  }

  /** The checkpoint on disk. */
  Checkpoint checkpoint() {
    return published.orElseThrow().checkpoint();
  }

  /** The key that verifies it. */
  VerifierKey key() {
    return keys.current().verifier();
  }

  /** A proof file for an entry; empty when the checkpoint on disk does not cover it. */
  static Optional<String> proof(Disk disk, long index) throws IOException {
    byte[] bytes = disk.read("checkpoint");
    if (bytes == null) {
      return Optional.empty();
    }
    String note = new String(bytes, StandardCharsets.UTF_8);
    try {
      long size = Checkpoint.parse(Note.parse(note).text()).size();
      return index < size
          ? Optional.of(
              Proof.file(index, Proof.inclusion(index, size, tile -> Tiles.read(disk, tile)), note))
          : Optional.empty();
    } catch (NoteException e) {
      throw new IOException("the checkpoint on disk: " + e.getMessage(), e);
    }
  }

  String proof(long index) throws IOException {
    return proof(disk, index).orElseThrow();
  }
}
