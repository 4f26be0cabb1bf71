package io.pgscim.audit.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pgscim.audit.disk.Disk;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The same as {@link FaultsIT} one floor below: strace lets a system call of the writing process
 * fail, or kills it there. {@code -Dpgscim.syscalls=1} for every single one, which takes an hour.
 */
class SyscallFaultsIT {
  private static final int TOTAL = 400;
  private static final String CALLS = "openat,write,pwrite64,fsync,rename,unlink,mkdir,ftruncate";
  private Started started;

  @BeforeEach
  void begin() throws Exception {
    started = new Started();
  }

  @AfterEach
  void end() throws IOException {
    started.close();
  }

  @Test
  void aSystemCallFailsOrIsTheLastAndNothingIsLostOrSignedWrong() throws Exception {
    assumeTrue(traces(), "skipped: there is no strace here that may trace a process");
    Path at = started.copy();
    Path trace = Path.of("target/syscalls.trace");
    assertThat(run(at, List.of("-y", "-o", trace.toString(), "-e", "trace=" + CALLS))).isZero();
    Map<String, Integer> calls = new TreeMap<>();
    Set<String> paths = new TreeSet<>();
    read(trace, at, calls, paths);
    Started.remove(at);
    assertThat(calls).containsKeys("openat", "pwrite64", "fsync", "rename", "unlink");

    int every = Integer.getInteger("pgscim.syscalls", Integer.MAX_VALUE);
    for (var call : calls.entrySet()) {
      for (String fault : List.of("error=EIO", "signal=SIGKILL")) {
        int first = every == Integer.MAX_VALUE ? (call.getValue() + 1) / 2 : 1;
        for (int turn = first; turn <= call.getValue(); turn += Math.min(every, 1 << 20)) {
          strike(call.getKey(), fault, turn, paths);
        }
      }
    }
  }

  private void strike(String call, String fault, int turn, Set<String> paths) throws Exception {
    Path at = started.copy();
    Path trace = Path.of("target/syscalls.trace");
    List<String> options =
        new ArrayList<>(
            List.of(
                "-o",
                trace.toString(),
                "-e",
                "trace=" + call,
                "-e",
                "inject=%s:%s:when=%d".formatted(call, fault, turn)));
    paths.forEach(path -> options.addAll(List.of("-P", at.resolve(path).toString())));

    int code = run(at, options);

    String struck = fault.contains("KILL") ? "+++ killed by SIGKILL" : "(INJECTED)";
    assertThat(Files.readString(trace)).as("%s %s %d", call, fault, turn).contains(struck);
    if (code != 0) {
      Writing.upTo(TOTAL, new Disk(at));
    }
    Writing.assertWhole(at, TOTAL, started.checkpoint());
    Started.remove(at);
  }

  /** Counts the calls that change the log; what SQLite does with the index is its own affair. */
  private static void read(Path trace, Path at, Map<String, Integer> calls, Set<String> paths)
      throws IOException {
    Pattern path = Pattern.compile(Pattern.quote(at.toString()) + "/([^\">]*)");
    Pattern name = Pattern.compile("^[0-9 ]*([a-z0-9]+)\\(");
    for (String line : Files.readAllLines(trace)) {
      Matcher call = name.matcher(line);
      Matcher file = path.matcher(line);
      boolean counted = false;
      while (call.find(0) && file.find()) {
        if (!file.group(1).startsWith("index")) {
          paths.add(file.group(1));
          counted = true;
        }
      }
      if (counted) {
        calls.merge(call.group(1), 1, Integer::sum);
      }
    }
  }

  private static boolean traces() throws InterruptedException {
    try {
      return new ProcessBuilder("strace", "-o", "/dev/null", "true").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static int run(Path at, List<String> options) throws Exception {
    List<String> command = new ArrayList<>(List.of("strace", "-f", "-qq"));
    command.addAll(options);
    command.addAll(Writing.command(at, TOTAL, 0));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(new File("target/syscalls-child.log"))
        .start()
        .waitFor();
  }
}
