package io.pgscim.audit.retention;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.entry.Own;
import io.pgscim.audit.index.Index;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Prunes the log of this process: what is older than {@code pgscim.audit.retention}, each hour, and
 * what an administrator asks for; and finishes what was begun before a restart.
 */
@ApplicationScoped
public class Retention {
  private static final Logger LOG = Logger.getLogger(Retention.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Duration PACE = Duration.ofHours(1);

  private final AuditLog log;
  private final Index index;
  private final Pruning pruning;
  private final Optional<Duration> age;
  private final Optional<Path> archive;
  private final Clock clock = Clock.systemUTC();
  private volatile boolean resumed;
  private long scheduled = Long.MIN_VALUE;
  private volatile String trouble;
  private volatile boolean stopped;
  private Thread thread;

  Retention(
      AuditLog log,
      Index index,
      @ConfigProperty(name = "pgscim.audit.log") Path folder,
      @ConfigProperty(name = "pgscim.audit.retention") Optional<Duration> age,
      @ConfigProperty(name = "pgscim.audit.archive") Optional<Path> archive) {
    if (age.isPresent() && (age.get().isNegative() || age.get().isZero())) {
      throw new IllegalArgumentException(
          "pgscim.audit.retention must be a time like P400D, not " + age.get());
    }
    if (age.isPresent() && archive.isEmpty()) {
      throw new IllegalArgumentException(
          "pgscim.audit.retention needs pgscim.audit.archive: the folder that old entries go to");
    }
    this.log = log;
    this.index = index;
    this.pruning =
        new Pruning(log, new Disk(folder.toAbsolutePath().normalize()), Disk::new, clock);
    this.age = age;
    this.archive = archive;
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofPlatform().name("retention").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopped = true;
    thread.interrupt();
    thread.join(Duration.ofSeconds(10));
  }

  /** Where pruned entries go; empty when nothing can be pruned here. */
  public Optional<Path> archive() {
    return archive;
  }

  /** What would be pruned. */
  public Pruning pruning() {
    return pruning;
  }

  /**
   * Prunes; entries are gone as soon as the log's own word is signed.
   *
   * @param administrator who asked
   * @return the index of the entry that says so
   * @throws IOException when it cannot be done now
   */
  public long prune(Pruning.Plan plan, String administrator) throws IOException {
    if (!resumed) {
      throw new IOException("the index is being built, and may know of a pruning to finish first");
    }
    return pruning.record(plan, archive.orElseThrow(), Own.asked(administrator));
  }

  /** Why nothing is pruned at the moment though it should be; null when all is well. */
  public String trouble() {
    return trouble;
  }

  private void run() {
    long opened = log.size();
    resumed = opened == 0;
    while (!stopped) {
      try {
        if (!resumed && index.size() >= opened) {
          pruning.resume(index.find(Pruning.NEWEST));
          resumed = true;
        }
        if (resumed && pruning.finish().isEmpty()) {
          schedule();
        }
        trouble = null;
        Thread.sleep(LOOK);
      } catch (IOException | RuntimeException e) {
        if (!String.valueOf(e.getMessage()).equals(trouble) && !stopped) {
          LOG.warnf("nothing is pruned, trying again every %s: %s", RETRY, e.getMessage());
        }
        trouble = String.valueOf(e.getMessage());
        pause();
      } catch (InterruptedException e) {
        stopped = true;
      }
    }
  }

  private void schedule() throws IOException {
    long now = System.nanoTime();
    if (age.isEmpty() || (scheduled != Long.MIN_VALUE && now - scheduled < PACE.toNanos())) {
      return;
    }
    Pruning.Plan plan = pruning.before(clock.instant().minus(age.get()));
    if (plan.entries() > 0) {
      long entry = pruning.record(plan, archive.orElseThrow(), Own.ACTOR);
      LOG.infof(
          "archived entries=%d minimum=%d archive=%s entry=%d",
          plan.entries(), plan.minimum(), archive.get(), entry);
    }
    scheduled = now;
  }

  private void pause() {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException e) {
      stopped = true;
    }
  }
}
