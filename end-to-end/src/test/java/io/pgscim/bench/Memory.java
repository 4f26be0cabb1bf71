package io.pgscim.bench;

import io.pgscim.endtoend.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of processes, from {@code /proc}, in megabytes. */
final class Memory {
  private Memory() {}

  /** Of a part: the most since its start or the last {@link #forgetPeak}. */
  static double peak(Stack stack, String part) throws IOException {
    return status(stack.pid(part), "VmHWM:");
  }

  static void forgetPeak(Stack stack, String part) throws IOException {
    Files.writeString(file(stack.pid(part), "clear_refs"), "5");
  }

  /** Of a process, now. */
  static double resident(long pid) throws IOException {
    return status(pid, "VmRSS:");
  }

  private static double status(long pid, String line) throws IOException {
    return Files.readAllLines(file(pid, "status")).stream()
        .filter(each -> each.startsWith(line))
        .mapToDouble(each -> Long.parseLong(each.replaceAll("[^0-9]", "")) / 1024.0)
        .sum();
  }

  private static Path file(long pid, String name) {
    return Path.of("/proc/" + pid + "/" + name);
  }
}
