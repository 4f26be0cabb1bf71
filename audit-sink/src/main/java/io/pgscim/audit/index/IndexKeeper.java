package io.pgscim.audit.index;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.append.Pace;
import io.pgscim.audit.entry.Digest;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Keeps the index up with the log. An index that is missing, damaged, of another log or of another
 * form is thrown away and made anew.
 */
@ApplicationScoped
public class IndexKeeper {
  private static final Logger LOG = Logger.getLogger(IndexKeeper.class);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final int AT_ONCE = 4096;
  private final AuditLog log;
  private final Index index;
  private final Path folder;
  private IndexFile file;
  private String trouble;
  private boolean suspect;
  private volatile boolean stopped;
  private Thread thread;

  public IndexKeeper(
      AuditLog log, Index index, @ConfigProperty(name = "pgscim.audit.log") Path folder) {
    this.log = log;
    this.index = index;
    this.folder = folder.toAbsolutePath().normalize().resolve("index");
  }

  void start(@Observes StartupEvent event) {
    start();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stop();
  }

  /** Begins to follow the log. */
  public void start() {
    thread = Thread.ofPlatform().name("index").start(this::run);
  }

  /** Ends; the index is closed when this returns. */
  public void stop() throws InterruptedException {
    stopped = true;
    thread.join(Duration.ofSeconds(10));
  }

  private void run() {
    var pace = new Pace(log, LOOK);
    while (!stopped) {
      try {
        pace.begin();
        follow();
        trouble = null;
        pause(pace.rest(file.size()));
      } catch (IOException | SQLException | RuntimeException e) {
        suspect |= e instanceof SQLException;
        if (!String.valueOf(e.getMessage()).equals(trouble) && !stopped) {
          LOG.errorf("the index stays behind, opened again in %s: %s", RETRY, e.getMessage());
        }
        trouble = String.valueOf(e.getMessage());
        close();
        pause(RETRY);
      }
    }
    close();
  }

  /** Takes what is new into the index. */
  private void follow() throws IOException, SQLException {
    if (index.doubted()) {
      throw new SQLException("it failed to answer");
    }
    if (file == null) {
      open();
    }
    var batch = new Batch(file.size());
    while (!batch.full()) {
      List<byte[]> entries =
          log.read(
              batch.next(), (int) Math.min(AT_ONCE, batch.first() + Batch.MOST - batch.next()));
      if (entries.isEmpty()) {
        break;
      }
      for (byte[] entry : entries) {
        batch.add(entry);
      }
    }
    if (batch.isEmpty()) {
      return;
    }
    file.add(batch);
    if (batch.full()) {
      LOG.infof("indexed entries=%d of=%d", file.size(), log.size());
    }
  }

  private void open() throws IOException, SQLException {
    Files.createDirectories(folder);
    IndexFile found = fitting();
    if (found == null) {
      LOG.warnf(
          "the index is missing or does not fit: it is made from entries %d to %d",
          log.first(), log.size() - 1);
      found = IndexMaking.anew(folder, log.first());
    }
    suspect = false;
    file = found;
    index.use(found);
  }

  /** The index on disk; null when it is damaged or not of this log. */
  private IndexFile fitting() throws IOException, SQLException {
    try {
      IndexFile found = IndexFile.open(folder.resolve(IndexMaking.FILES.getFirst()));
      if ((!suspect || found.isSound()) && isOfThisLog(found)) {
        return found;
      }
      found.close();
    } catch (SQLException e) {
      LOG.warnf("the index on disk cannot be used: %s", e.getMessage());
    }
    return null;
  }

  private boolean isOfThisLog(IndexFile found) throws IOException {
    if (found.last() == null) {
      return found.size() == log.first();
    }
    if (found.size() <= log.first()) {
      // What it lacks in between cannot be read any more.
      return false;
    }
    List<byte[]> last = log.read(found.size() - 1, 1);
    return !last.isEmpty() && Arrays.equals(Digest.sha256(last.getFirst()), found.last());
  }

  private void close() {
    index.use(null);
    if (file != null) {
      try {
        file.close();
      } catch (SQLException e) {
        LOG.debugf("the index did not close: %s", e.getMessage());
      }
      file = null;
    }
  }

  private void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      stopped = true;
    }
  }
}
