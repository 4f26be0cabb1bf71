package io.pgscim.bench;

import com.sun.management.OperatingSystemMXBean;
import io.pgscim.parts.embedded.PostgresBinaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * What a benchmark ran on.
 *
 * @param memoryMegabytes of the whole machine
 * @param fsyncMillis median of an 8 KB write made durable in the folder for temporary files, where
 *     the stacks have their data
 */
record Machine(
    String processor,
    int cores,
    long memoryMegabytes,
    double fsyncMillis,
    String kernel,
    String java,
    String postgresql) {
  private static final int FSYNCS = 200;

  static Machine here() {
    try {
      return new Machine(
          cpu(),
          Runtime.getRuntime().availableProcessors(),
          ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                  .getTotalMemorySize()
              >> 20,
          fsync(),
          System.getProperty("os.name")
              + " "
              + System.getProperty("os.version")
              + " "
              + System.getProperty("os.arch"),
          System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
          versionOfPostgresql());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many want a processor, averaged over the last minute. */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  @Override
  public String toString() {
    return "%s, %d cores, %d MB, fsync %.2f ms, %s, Java %s, PostgreSQL %s"
        .formatted(processor, cores, memoryMegabytes, fsyncMillis, kernel, java, postgresql);
  }

  private static String cpu() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown CPU");
    } catch (IOException e) {
      return "unknown CPU";
    }
  }

  private static double fsync() throws IOException {
    Path file = Files.createTempFile("fsync", ".bin");
    Latencies latencies = new Latencies();
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int i = 0; i < FSYNCS; i++) {
        long began = System.nanoTime();
        out.write(ByteBuffer.allocate(8_192));
        out.force(false);
        latencies.add(Duration.ofNanos(System.nanoTime() - began));
      }
    } finally {
      Files.delete(file);
    }
    return Math.round(latencies.median() * 100) / 100.0;
  }

  private static String versionOfPostgresql() throws IOException {
    Path program = PostgresBinaries.bundled().program("postgres").orElseThrow();
    Process asked = new ProcessBuilder(program.toString(), "--version").start();
    return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .replaceAll("[^0-9.]", "");
  }
}
