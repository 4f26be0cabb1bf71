package io.pgscim.local.supervise;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the JVMs of a trial on one machine are run: quick to start and small, rather than fast after
 * an hour.
 */
public final class JvmOptions {
  private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";

  private JvmOptions() {}

  /** Those of a service, by its name. */
  public static List<String> of(String service) {
    return switch (service) {
      case "scim-ingest" -> lasting(256);
      // Half of the heap for what is new: batches come and go, and little stays.
      case "audit-sink" -> bounded(256, 48, FIRST_COMPILER, "-XX:NewRatio=1");
      default -> small(256);
    };
  }

  /** Small, and without the compiler that only pays off after minutes. */
  public static List<String> small(int heapMegabytes) {
    return bounded(heapMegabytes, 48, FIRST_COMPILER);
  }

  /**
   * Small, with both compilers and room for what they make: for a service that works for every
   * request.
   */
  public static List<String> lasting(int heapMegabytes) {
    return bounded(heapMegabytes, 64);
  }

  /** Heap, code, classes and buffers each have their bound, so that the process has one. */
  private static List<String> bounded(int heapMegabytes, int codeMegabytes, String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:ReservedCodeCacheSize=" + codeMegabytes + "m",
                "-XX:MaxMetaspaceSize=128m",
                "-XX:MaxDirectMemorySize=64m"));
    options.addAll(List.of(more));
    return options;
  }

  /**
   * Keeps classes in ready-made form in a file. The JVM writes it when it first ends by itself, and
   * again when the file does not fit its version or class path any more.
   */
  public static List<String> remembering(Path archive) {
    return List.of(
        "-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive, "-Xlog:disable");
  }
}
