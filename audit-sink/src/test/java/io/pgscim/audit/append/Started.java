package io.pgscim.audit.append;

import io.pgscim.audit.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;

/** A log with some entries, of which each fault gets a copy. */
final class Started implements AutoCloseable {
  static final int SIZE = 250;

  /** Memory where there is some: thousands of fsyncs take their time. */
  private static final Path MEMORY = Path.of("/dev/shm");

  private final Path folder;
  private final Path log;
  private int copies;

  Started() throws Exception {
    folder =
        Files.isWritable(MEMORY)
            ? Files.createTempDirectory(MEMORY, "pgscim-faults")
            : Files.createTempDirectory("pgscim-faults");
    log = Files.createDirectory(folder.resolve("log"));
    Writing.upTo(SIZE, new Disk(log));
  }

  /** What was signed before anything went wrong. */
  String checkpoint() throws IOException {
    return Files.readString(log.resolve("checkpoint"));
  }

  Path copy() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("copy-" + copies++));
    for (Path file : below(log)) {
      if (!file.equals(log)) {
        Files.copy(file, copy.resolve(log.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return copy;
  }

  static void remove(Path folder) throws IOException {
    for (Path file : below(folder).reversed()) {
      Files.delete(file);
    }
  }

  /** Folders before what is in them. */
  private static List<Path> below(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.sorted(Comparator.naturalOrder()).toList();
    }
  }

  @Override
  public void close() throws IOException {
    remove(folder);
  }
}
