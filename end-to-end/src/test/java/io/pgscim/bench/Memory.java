package io.pgscim.bench;

import io.pgscim.endtoend.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of scim-ingest's process, from {@code /proc}, in megabytes. */
final class Memory {
  private Memory() {}

  /** The most since the start or the last {@link #forgetPeak}. */
  static double peak(Stack stack) throws IOException {
    return Files.readAllLines(file(stack, "status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
        .sum();
  }

  static void forgetPeak(Stack stack) throws IOException {
    Files.writeString(file(stack, "clear_refs"), "5");
  }

  private static Path file(Stack stack, String name) {
    return Path.of("/proc/" + stack.pid("scim-ingest") + "/" + name);
  }
}
