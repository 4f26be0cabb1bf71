package io.pgscim.audit.tree;

import io.pgscim.audit.MemoryLog;
import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.disk.Disk;
import io.pgscim.audit.entry.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;

/** Trees on disk to test with. */
public final class WrittenTree {
  private WrittenTree() {}

  /** Writes a tree of those entries, and gives its verifier key. */
  public static String write(Path folder, List<Line> entries) throws IOException {
    var log = new MemoryLog();
    log.append(entries);
    follow(new Disk(folder), log);
    return Files.readString(folder.resolve("vkey")).strip();
  }

  /** Takes all of a log into its tree, and gives how many entries are signed. */
  public static long follow(Disk disk, AuditLog log) throws IOException {
    Tree tree = Tree.open(disk, log, disk.path("private/key"), "pgscim.example/audit");
    boolean grew;
    do {
      grew = tree.grow(8192);
      log.covered(tree.checkpoint().size());
    } while (grew);
    return tree.checkpoint().size();
  }

  /** Writes another tree in its place, signed by the same key. */
  public static void rewrite(Path folder, List<Line> entries) throws IOException {
    Files.delete(folder.resolve("checkpoint"));
    try (var files = Files.walk(folder.resolve("tile"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    write(folder, entries);
  }

  /** Copies a log's folder, permissions included, to where nothing is yet. */
  public static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(
            file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
