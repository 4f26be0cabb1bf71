package io.pgscim.audit.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * Whole files below one folder. Every step that changes the disk goes through {@link #step}, where
 * a test can make it fail or end the process.
 */
public class Disk {
  private final Path root;

  public Disk(Path root) {
    this.root = root;
  }

  /** Called before and after each step; does nothing. */
  protected void step(String what, Path file) throws IOException {}

  public Path path(String name) {
    return root.resolve(name);
  }

  /** The file's bytes; null when there is no such file. */
  public byte[] read(String name) throws IOException {
    try {
      return Files.readAllBytes(path(name));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * Writes a file so that it is whole or not there, whenever the power goes. When this returns, it
   * is on disk under its name.
   */
  public void write(String name, byte[] bytes) throws IOException {
    Path file = path(name);
    folder(file.getParent());
    Path draft = file.resolveSibling("." + file.getFileName() + ".draft");
    step("write", draft);
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      step("fsync", draft);
      channel.force(true);
    }
    step("rename", file);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    step("fsync folder", file.getParent());
    sync(file.getParent());
    step("written", file);
  }

  /** Removes a folder of files; what cannot be removed stays. */
  public void removeFolder(String name) throws IOException {
    Path folder = path(name);
    if (!Files.isDirectory(folder)) {
      return;
    }
    step("remove", folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private void folder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    folder(folder.getParent());
    step("create folder", folder);
    Files.createDirectory(folder);
    sync(folder.getParent());
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
