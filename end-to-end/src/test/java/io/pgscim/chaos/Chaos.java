package io.pgscim.chaos;

import io.pgscim.chaos.check.Checker;
import io.pgscim.chaos.check.Ending;
import io.pgscim.chaos.check.Violation;
import io.pgscim.chaos.history.History;
import io.pgscim.chaos.nemesis.AuditDisk;
import io.pgscim.chaos.nemesis.Nemesis;
import io.pgscim.chaos.traffic.IdentityProvider;
import io.pgscim.chaos.traffic.Traffic;
import io.pgscim.chaos.watch.AtRest;
import io.pgscim.chaos.watch.Watcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code end-to-end/chaos}: one run, from the first push to the verdict. */
public final class Chaos {
  static final int KEPT = 0;
  static final int BROKEN = 1;
  static final int WRONG_USE = 2;
  static final int FAILED = 3;

  private static final Duration TELL_EVERY = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Options options;

  private Chaos(Options options) {
    this.options = options;
  }

  public static void main(String[] arguments) {
    if (List.of(arguments).contains("--help")) {
      System.out.println(Options.USAGE);
      System.exit(KEPT);
    }
    Options options;
    try {
      options = Options.of(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println("chaos: " + e.getMessage() + "\n\n" + Options.USAGE);
      System.exit(WRONG_USE);
      return;
    }
    int code;
    try {
      code = new Chaos(options).run();
    } catch (Exception e) {
      System.err.println("chaos: the run with --seed " + options.seed() + " failed");
      e.printStackTrace();
      code = FAILED;
    }
    System.exit(code);
  }

  private int run() throws Exception {
    Path folder =
        Files.createDirectories(
            Path.of(System.getProperty("pgscim.chaos", "target/chaos"))
                .resolve("" + options.seed()));
    System.out.printf(
        "chaos: --seed %d --minutes %s --rate %d, history in %s%n",
        options.seed(), options.minutes(), options.rate(), folder);
    Path data = Files.createTempDirectory("pgscim-chaos-");
    Report report;
    try (AuditDisk disk = AuditDisk.at(data.resolve("audit"));
        Wiring wiring = new Wiring(data, options.seed());
        History history = new History(folder.resolve("history.jsonl"))) {
      System.out.printf("chaos: the full disk is %s%n", disk.how());
      report = run(wiring, disk, history);
      if (!report.kept()) {
        disk.keep(folder.resolve("audit"));
      }
    }
    report.print(folder);
    if (report.kept()) {
      Wiring.delete(data);
    } else {
      System.out.printf(
          "chaos: the audit log is in %s, all other data and the services' logs are in %s%n",
          folder.resolve("audit"), data);
    }
    return report.kept() ? KEPT : BROKEN;
  }

  private Report run(Wiring wiring, AuditDisk disk, History history) throws Exception {
    var provider = new IdentityProvider(wiring.scim(), wiring.stack().token(), history);
    var traffic = new Traffic(provider, options.seed(), options.rate());
    var nemesis =
        new Nemesis(wiring.stack(), wiring.links(), disk, options.kinds(), history, options.seed());
    try (Watcher watcher = new Watcher(wiring.stack().cluster(), Traffic.domain(), history)) {
      traffic.begin();
      nemesis.begin();
      wait(provider, nemesis, watcher);
      nemesis.end();
      long calm = System.nanoTime();
      List<String> waiting = new ArrayList<>(nemesis.problems());
      if (!traffic.end(PATIENCE)) {
        waiting.add("pushes that are not answered though nothing goes wrong any more");
      }
      var atRest = new AtRest(wiring.stack(), traffic);
      waiting.addAll(atRest.await(PATIENCE));
      Duration converged = Duration.ofNanos(System.nanoTime() - calm);
      Thread.sleep(200); // The watcher's last look.
      Ending ending = read(atRest, waiting);
      List<Violation> violations = Checker.check(history.all(), Traffic.rules(), ending);
      return new Report(
          options, history.all(), ending, violations, nemesis.made(), watcher.looks(), converged);
    }
  }

  /** What cannot even be read is not at rest: what was waited for says most about it. */
  private static Ending read(AtRest atRest, List<String> waiting) throws Exception {
    try {
      return atRest.read(waiting);
    } catch (IOException | SQLException | RuntimeException e) {
      throw new IllegalStateException("the end cannot be read; it was waited for " + waiting, e);
    }
  }

  private void wait(IdentityProvider provider, Nemesis nemesis, Watcher watcher)
      throws InterruptedException {
    long begin = System.nanoTime();
    long end = begin + (long) (options.minutes() * 60e9);
    long next = begin + TELL_EVERY.toNanos();
    while (System.nanoTime() < end) {
      Thread.sleep(100);
      if (System.nanoTime() > next) {
        next += TELL_EVERY.toNanos();
        System.out.printf(
            "chaos: %4d s, pushes %d, looks %d, faults %s%n",
            (System.nanoTime() - begin) / 1_000_000_000,
            provider.pushes(),
            watcher.looks(),
            nemesis.made());
      }
    }
  }
}
