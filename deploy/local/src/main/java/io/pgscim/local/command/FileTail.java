package io.pgscim.local.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What is appended to a file that others write. */
final class FileTail {
  private static final int CHUNK = 64 * 1024;

  private final Path file;
  private long position;

  private FileTail(Path file, long position) {
    this.file = file;
    this.position = position;
  }

  /** Leaves out what is there already. */
  static FileTail fromEnd(Path file) throws IOException {
    return new FileTail(file, Files.exists(file) ? Files.size(file) : 0);
  }

  /** Leaves out all but about the last {@code bytes}. */
  static FileTail ofLast(Path file, long bytes) throws IOException {
    return new FileTail(file, Files.exists(file) ? Math.max(0, Files.size(file) - bytes) : 0);
  }

  /** Whether what comes first is the rest of a line that began earlier. */
  boolean startsWithinFile() {
    return position > 0;
  }

  /** Copies what is new, and returns at its end. A file that got shorter was begun anew. */
  void copyTo(OutputStream out) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() < position) {
        position = 0;
      }
      channel.position(position);
      ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
      while (channel.read(buffer) > 0) {
        out.write(buffer.array(), 0, buffer.position());
        position += buffer.position();
        buffer.clear();
      }
      out.flush();
    } catch (NoSuchFileException nothingYet) {
      // It will be there when the part has something to say.
    }
  }
}
