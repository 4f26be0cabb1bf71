package io.pgscim.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What processes and threads used of the processors so far, from {@code /proc}, in seconds. */
final class ProcessorTime {
  /** The kernel tells times in hundredths of a second, whatever it counts in. */
  private static final double TICKS = 100;

  private ProcessorTime() {}

  /** A process and everything that descends from it, ended or not. */
  static double ofTree(long pid) {
    return Stream.concat(
            Stream.of(pid),
            ProcessHandle.of(pid).orElseThrow().descendants().map(ProcessHandle::pid))
        .mapToDouble(one -> ticks(Path.of("/proc/" + one + "/stat"), 4))
        .sum();
  }

  /** The threads of a process by their names, numbers left off. */
  static Map<String, Double> ofThreads(long pid) {
    Map<String, Double> threads = new TreeMap<>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      tasks.forEach(
          task ->
              threads.merge(
                  read(task.resolve("comm")).strip().replaceAll("[-#0-9 ]+$", ""),
                  ticks(task.resolve("stat"), 2),
                  Double::sum));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return threads;
  }

  /** Of user time, system time and, from the third on, those of children that ended. */
  private static double ticks(Path stat, int fields) {
    String text = read(stat);
    if (text.isEmpty()) {
      return 0;
    }
    String[] field = text.substring(text.lastIndexOf(')') + 2).split(" ");
    double ticks = 0;
    for (int i = 0; i < fields; i++) {
      ticks += Long.parseLong(field[11 + i]);
    }
    return ticks / TICKS;
  }

  /** Empty when it is gone. */
  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException gone) {
      return "";
    } catch (IOException e) {
      if ("No such process".equals(e.getMessage())) {
        return "";
      }
      throw new UncheckedIOException(e);
    }
  }
}
