package io.pgscim.audit.tree;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.entry.Own;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.SignerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Replaces the signing key, as files beside it ask for. {@code key.prepare} asks for a next key;
 * while that lies there as {@code key.next}, both sign. {@code key.promote} asks to make it the
 * current one, which comes after an entry that says so is published under both; then the old key is
 * gone. A request is done when its file is gone, and goes on after a crash between any two steps.
 */
final class Rotation {
  private static final Logger LOG = Logger.getLogger(Rotation.class);
  private static final long NOT_ASKED = -1;

  private final AuditLog log;
  private final Path file;
  private final String origin;
  private long said = NOT_ASKED;

  Rotation(AuditLog log, Path file, String origin) {
    this.log = log;
    this.file = file;
    this.origin = origin;
  }

  /**
   * Looks what the files ask for.
   *
   * @param published the checkpoint on disk, signed with those keys
   * @return the keys that sign from now on, when they are others
   */
  Optional<Keys> step(Keys keys, Optional<Checkpoint> published) throws IOException {
    Path next = Keys.nextTo(file);
    if (asked("prepare")) {
      if (!Files.exists(next)) {
        KeyFile.create(next, SignerKey.generate(origin));
      }
      done("prepare");
    }
    if (asked("promote")) {
      if (!Files.exists(next)) {
        LOG.warn("there is no next key to promote, or it is the current one already");
        done("promote");
      } else if (keys.next().isPresent() && isSaid(keys, published)) {
        KeyFile.move(next, file);
        done("promote");
        said = NOT_ASKED;
        return Optional.of(open());
      }
    }
    return Files.exists(next) == keys.next().isPresent() ? Optional.empty() : Optional.of(open());
  }

  private Keys open() throws IOException {
    Keys keys = Keys.open(file, origin);
    LOG.infof("signing with keys=%s", keys.verifiers().stream().map(key -> key.text()).toList());
    return keys;
  }

  /** Whether the log says so, under both keys; if not yet, it will. */
  private boolean isSaid(Keys keys, Optional<Checkpoint> published) throws IOException {
    if (said == NOT_ASKED) {
      Line entry =
          Own.rotateKey(
              origin,
              keys.current().verifier().text(),
              keys.next().orElseThrow().verifier().text(),
              Instant.now());
      if (log.holds(List.of(entry.event())).isEmpty()) {
        log.appendOwn(entry);
      }
      said = log.size();
    }
    return published.filter(checkpoint -> checkpoint.size() >= said).isPresent();
  }

  private boolean asked(String what) {
    return Files.exists(request(what));
  }

  private void done(String what) throws IOException {
    Files.deleteIfExists(request(what));
  }

  private Path request(String what) {
    return file.resolveSibling(file.getFileName() + "." + what);
  }
}
