package io.pgscim.audit.tree;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.tlog.Tile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Keeps the tree up with the log: entries are durable and readable at once, and covered by a signed
 * checkpoint a moment later. A tree that cannot be written, or does not agree with what was signed,
 * is opened again every few seconds and says why meanwhile; nothing is signed until it agrees.
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
  private volatile Tree tree;
  private volatile String trouble = "the tree is not open yet";
  private volatile boolean stopped;
  private Thread thread;

  TreeKeeper(
      AuditLog log,
      @ConfigProperty(name = "pgscim.audit.log") Path folder,
      @ConfigProperty(name = "pgscim.audit.key") Optional<Path> keyFile,
      @ConfigProperty(name = "pgscim.audit.origin") String origin) {
    Path root = folder.toAbsolutePath().normalize();
    this.log = log;
    this.disk = new Disk(root);
    this.keyFile = keyFile.orElse(root.resolve("private/key"));
    this.origin = origin;
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
    while (!stopped) {
      try {
        if (tree == null) {
          tree = Tree.open(disk, log, keyFile, origin);
          trouble = null;
          LOG.infof("tree opened entries=%d key=%s", tree.checkpoint().size(), tree.key().text());
        }
        boolean grown = tree.grow(AT_ONCE);
        log.covered(tree.checkpoint().size());
        if (!grown) {
          Thread.sleep(LOOK);
        }
      } catch (IOException | RuntimeException e) {
        tree = null;
        if (!String.valueOf(e.getMessage()).equals(trouble) && !stopped) {
          LOG.errorf("nothing is signed, trying again every %s: %s", RETRY, e.getMessage());
        }
        trouble = String.valueOf(e.getMessage());
        pause();
      } catch (InterruptedException e) {
        stopped = true;
      }
    }
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

  /** A proof file for an entry; empty when no checkpoint covers it yet. */
  public Optional<String> proof(long index) throws IOException {
    Tree open = tree;
    return open == null || index >= open.checkpoint().size()
        ? Optional.empty()
        : Optional.of(open.proof(index));
  }
}
