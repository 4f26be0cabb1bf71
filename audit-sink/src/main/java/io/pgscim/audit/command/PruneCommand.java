package io.pgscim.audit.command;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.append.FileLog;
import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.index.Index;
import io.pgscim.audit.index.IndexKeeper;
import io.pgscim.audit.retention.Pruning;
import io.pgscim.audit.source.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets old entries go into an archive. */
@Command(
    name = "prune",
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Copies old entries into an archive, reads them back, and says so in the log. They are deleted",
      "from the log once audit-sink, which alone can sign, has signed that: start it. While it runs it",
      "prunes by itself: pgscim.audit.retention, or POST /prune.",
      "An archive is a log of its own, for verify, show, export…; or give it to them with --archive."
    })
final class PruneCommand implements Callable<Integer> {
  private static final long PATIENCE_MILLIS = 600_000;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FOLDER", description = "The log's folder.")
  private Path folder;

  @Mixin private KeyOption keys;

  @Option(
      names = "--before",
      paramLabel = "TIME",
      converter = FilterOption.Time.class,
      description = "What was logged before: 2026-11-25 (UTC) or 2026-11-25T17:00:00Z.")
  private Instant before;

  @Option(
      names = "--minimum",
      paramLabel = "INDEX",
      description = "Or the entries before this one.")
  private Long minimum;

  @Option(
      names = "--archive",
      paramLabel = "FOLDER",
      required = true,
      description = "Where to. One that ends just where the log begins is gone on with.")
  private Path archive;

  @Option(names = "--dry-run", description = "Only says what would be pruned.")
  private boolean dryRun;

  @Override
  public Integer call() throws Exception {
    if ((before == null) == (minimum == null)) {
      throw new ParameterException(
          spec.commandLine(), "either --before or --minimum says how far is pruned");
    }
    var source = new Folder(folder);
    keys.givenOrBelieved(source.read("vkey")).open("checkpoint", source.read("checkpoint"));
    if (!Files.isDirectory(folder.resolve("journal"))) {
      throw new Audit.Failure(folder + " is not the folder that audit-sink writes");
    }
    var disk = new Disk(folder.toAbsolutePath().normalize());
    var index = new Index();
    try (AuditLog log = FileLog.open(disk, index)) {
      var keeper = new IndexKeeper(log, index, folder);
      keeper.start();
      try {
        await(index, log.size());
        return prune(log, disk, index);
      } finally {
        keeper.stop();
      }
    }
  }

  private static void await(Index index, long size) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (index.size() < size) {
      if (System.nanoTime() > end) {
        throw new IOException("the index does not come up with the log");
      }
      Thread.sleep(10);
    }
  }

  private int prune(AuditLog log, Disk disk, Index index) throws IOException {
    var pruning = new Pruning(log, disk, Disk::new, Clock.systemUTC());
    pruning.resume(index.find(Pruning.NEWEST));
    OptionalLong waits = pruning.finish();
    if (waits.isPresent()) {
      throw new Audit.Failure(
          "start audit-sink first: it has to sign entry %d and to finish what that says"
              .formatted(waits.getAsLong()));
    }
    Pruning.Plan plan = minimum == null ? pruning.before(before) : pruning.upTo(minimum);
    if (plan.entries() == 0) {
      say("nothing to prune: the log begins with entry " + plan.first());
    } else if (dryRun) {
      say("would prune " + range(plan));
    } else {
      long entry = pruning.record(plan, archive, who());
      say(
          "archived %s; entry %d says so. Start audit-sink: once it has signed that, they are deleted here"
              .formatted(range(plan), entry));
    }
    return Audit.INTACT;
  }

  /** Who the process is to the operating system. */
  private static String who() {
    return "audit/" + System.getProperty("user.name");
  }

  private String range(Pruning.Plan plan) {
    return "entries %d to %d into %s".formatted(plan.first(), plan.minimum() - 1, archive);
  }

  private void say(String text) {
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
  }
}
