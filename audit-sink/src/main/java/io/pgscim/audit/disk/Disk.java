package io.pgscim.audit.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Files below one folder. Everything that changes the disk goes through {@link #step}, where a test
 * can make it fail or end the process.
 */
public class Disk {
  private final Path root;

  public Disk(Path root) {
    this.root = root;
  }

  /**
   * Called before each operation, and with {@code after} in front once it is done; does nothing.
   */
  protected void step(String what, Path file) throws IOException {}

  /** Writes some of the bytes, like the operating system; a test may write fewer, or refuse. */
  protected int write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
    return channel.write(bytes, at);
  }

  /** Something that changes the disk. */
  interface Operation {
    void run() throws IOException;
  }

  void run(String what, Path file, Operation operation) throws IOException {
    step(what, file);
    operation.run();
    step("after " + what, file);
  }

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

  /** The names in a folder, in order; none when there is no such folder. */
  public List<String> list(String name) throws IOException {
    Path folder = path(name);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /**
   * Writes a file so that it is whole or not there, whenever the power goes. When this returns, it
   * is on disk under its name.
   */
  public void write(String name, byte[] bytes) throws IOException {
    write(Map.of(name, bytes));
  }

  /**
   * Writes files so that each is whole or not there. When this returns, all are on disk under their
   * names; before that, any of them may be. A folder is synced once for all that is new in it.
   */
  public void write(Map<String, byte[]> files) throws IOException {
    Map<Path, Path> drafts = new LinkedHashMap<>();
    for (var file : files.entrySet()) {
      Path path = path(file.getKey());
      folder(path.getParent());
      drafts.put(path, draft(path, file.getValue()));
    }
    for (var draft : drafts.entrySet()) {
      run(
          "rename",
          draft.getKey(),
          () ->
              Files.move(
                  draft.getValue(),
                  draft.getKey(),
                  StandardCopyOption.ATOMIC_MOVE,
                  StandardCopyOption.REPLACE_EXISTING));
    }
    Set<Path> folders = new LinkedHashSet<>();
    drafts.keySet().forEach(path -> folders.add(path.getParent()));
    for (Path folder : folders) {
      sync(folder);
    }
  }

  private Path draft(Path file, byte[] bytes) throws IOException {
    Path draft = file.resolveSibling("." + file.getFileName() + ".draft");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      run("write", draft, () -> writeFully(channel, ByteBuffer.wrap(bytes), 0));
      run("fsync", draft, () -> channel.force(true));
    }
    return draft;
  }

  /** Opens a file that is written in place; when this returns, its name is on disk. */
  public OpenFile open(String name) throws IOException {
    Path file = path(name);
    folder(file.getParent());
    boolean there = Files.exists(file);
    if (!there) {
      step("create", file);
    }
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (!there) {
        step("after create", file);
      }
      // Whoever made it may have died before its name was on disk.
      sync(file.getParent());
      return new OpenFile(this, file, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  void writeFully(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
    long position = at;
    while (bytes.hasRemaining()) {
      position += write(channel, bytes, position);
    }
  }

  /** Removes a file that nothing needs any more; a crash may bring it back. */
  public void delete(String name) throws IOException {
    Path file = path(name);
    run("delete", file, () -> Files.deleteIfExists(file));
  }

  /** Removes a folder of files; what cannot be removed stays. */
  public void removeFolder(String name) throws IOException {
    Path folder = path(name);
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        run("delete", file, () -> Files.delete(file));
      }
    }
    run("remove", folder, () -> Files.delete(folder));
  }

  private void folder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    folder(folder.getParent());
    run("create folder", folder, () -> Files.createDirectory(folder));
    sync(folder.getParent());
  }

  private void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      run("fsync folder", folder, () -> channel.force(true));
    }
  }
}
