package io.pgscim.audit.tree;

import io.pgscim.audit.anchor.AnchorOfThisLog;
import io.pgscim.audit.anchor.Fenced;
import io.pgscim.audit.announce.CheckpointTopic;
import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.append.Pace;
import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.tlog.Tile;
import io.pgscim.audit.witness.Witnesses;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Keeps the tree up with the log: entries are durable and readable at once, and covered by a signed
 * checkpoint a moment later. A tree that cannot be written, or does not agree with what was signed,
 * is opened again every few seconds and says why meanwhile; nothing is signed until it agrees, and
 * nothing ever again once another process has the log.
 */
@ApplicationScoped
public class TreeKeeper {
  private static final Logger LOG = Logger.getLogger(TreeKeeper.class);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final int AT_ONCE = 8192;

  private final AuditLog log;
  private final Disk disk;
  private final Path keyFile;
  private final String origin;
  private final Terms terms;
  private volatile Tree tree;
  private volatile String trouble = "the tree is not open yet";
  private volatile boolean stopped;
  private Thread thread;

  TreeKeeper(
      AuditLog log,
      @ConfigProperty(name = "pgscim.audit.log") Path folder,
      @ConfigProperty(name = "pgscim.audit.key") Optional<Path> keyFile,
      @ConfigProperty(name = "pgscim.audit.origin") String origin,
      @ConfigProperty(name = "pgscim.audit.heartbeat", defaultValue = "60s") Duration heartbeat,
      @ConfigProperty(name = "pgscim.audit.witnesses") Optional<List<String>> witnesses,
      @ConfigProperty(name = "pgscim.audit.witnesses.required", defaultValue = "0") int required,
      AnchorOfThisLog anchor,
      CheckpointTopic topic) {
    Path root = folder.toAbsolutePath().normalize();
    this.log = log;
    this.disk = new Disk(root);
    this.keyFile = keyFile.orElse(root.resolve("private/key"));
    this.origin = origin;
    this.terms =
        new Terms(
            anchor.lease(),
            anchor.begin(),
            Witnesses.of(witnesses.orElse(List.of()), required),
            heartbeat,
            Clock.systemUTC(),
            topic::published);
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofPlatform().name("tree").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopped = true;
    thread.interrupt();
    thread.join(Duration.ofSeconds(10));
  }

  private void run() {
    if (terms.lease().isEmpty()) {
      LOG.warn(
          "no second place for checkpoints (pgscim.audit.anchor.url): an older copy of the log's"
              + " folder, or another writer of it, would not be noticed");
    }
    var pace = new Pace(log, LOOK);
    while (!stopped) {
      try {
        pace.begin();
        if (tree == null) {
          Tree opened = Tree.open(disk, log, keyFile, origin, terms);
          LOG.infof("tree opened key=%s", opened.key().text());
          tree = opened;
        }
        tree.grow(AT_ONCE);
        trouble = null;
        log.covered(tree.checkpoint().size());
        Thread.sleep(pace.rest(tree.size()));
      } catch (Fenced e) {
        LOG.error(e.getMessage());
        trouble = e.getMessage();
        stopped = true;
      } catch (Unpublished e) {
        failed(e);
      } catch (IOException | RuntimeException e) {
        tree = null;
        failed(e);
      } catch (InterruptedException e) {
        stopped = true;
      }
    }
  }

  private void failed(Exception e) {
    if (!String.valueOf(e.getMessage()).equals(trouble) && !stopped) {
      LOG.errorf("nothing is signed, trying again every %s: %s", RETRY, e.getMessage());
    }
    trouble = String.valueOf(e.getMessage());
    pause();
  }

  private void pause() {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException e) {
      stopped = true;
    }
  }

  /** Why nothing is signed at the moment; null when all is well. */
  public String trouble() {
    return trouble;
  }

  /** The bytes of a tile; empty when there is none. */
  public Optional<byte[]> tile(Tile tile) throws IOException {
    return Optional.ofNullable(disk.read(tile.path()));
  }

  /** The signed checkpoint; empty before the first. */
  public Optional<byte[]> checkpoint() throws IOException {
    return Optional.ofNullable(disk.read("checkpoint"));
  }

  /** The key that verifies it; empty before the first start. */
  public Optional<byte[]> verifierKey() throws IOException {
    return Optional.ofNullable(disk.read("vkey"));
  }

  /** Whether there is a second place for checkpoints. */
  public boolean isAnchored() {
    return terms.lease().isPresent();
  }

  /** A proof file for an entry; empty when no checkpoint covers it yet. */
  public Optional<String> proof(long index) throws IOException {
    return Tree.proof(disk, index);
  }
}
