package io.pgscim.audit.append;

import io.pgscim.audit.entry.Digest;
import io.pgscim.audit.entry.Line;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The log as JSON Lines in one file, {@code entries.jsonl}.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>An entry is in the log exactly when its line, newline included, is in the file: its
 *       position in Kafka stands in it, so one write moves both.
 *   <li>{@code offsets} covers what is known to be on disk, and nothing is read beyond it.
 *   <li>After a failed write or fsync the file's tail is unknown (a later fsync may lie about it):
 *       it is cut back to {@code offsets.end()} before anything else is written.
 * </ul>
 */
public final class JsonLinesLog implements AuditLog {
  private static final Logger LOG = Logger.getLogger(JsonLinesLog.class);

  private final Path folder;
  private final FileChannel lockFile;
  private final FileChannel file;
  private final Offsets offsets = new Offsets();
  private final Positions positions = new Positions();
  private final EventIds ids = new EventIds();
  private volatile String trouble;

  private JsonLinesLog(Path folder, FileChannel lockFile, FileChannel file) {
    this.folder = folder;
    this.lockFile = lockFile;
    this.file = file;
  }

  /**
   * Opens the log of a folder, or begins one there. What a crash left half-written at its end is
   * cut off.
   *
   * @throws IOException with one sentence for the operator: the folder cannot be written, another
   *     process writes it, or an entry in its middle is damaged
   */
  public static JsonLinesLog open(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("beside"));
    FileChannel lockFile = lock(folder);
    try {
      FileChannel file =
          FileChannel.open(
              folder.resolve("entries.jsonl"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      var log = new JsonLinesLog(folder, lockFile, file);
      log.load();
      return log;
    } catch (IOException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      LOG.debugf("the log %s is open in this process", folder);
    }
    if (lock == null) {
      channel.close();
      throw new IOException("another process writes the log in " + folder);
    }
    return channel;
  }

  private void load() throws IOException {
    LineScan.Torn torn =
        LineScan.scan(
            file,
            (line, end) -> {
              ids.add(line.event());
              positions.passed(line.from());
              offsets.add(end);
            });
    if (torn.bytes() > 0) {
      LOG.warnf(
          "the last write did not finish, its %d bytes are cut off entries=%d",
          torn.bytes(), offsets.size());
    }
    // What a dead process wrote may still be in memory only: it counts from here on.
    cutBack();
    sync(folder);
    LOG.infof("log opened folder=%s entries=%d", folder, offsets.size());
  }

  @Override
  public synchronized long append(List<Line> entries) throws IOException {
    if (trouble != null) {
      throw new IOException("recover first: " + trouble);
    }
    long first = offsets.size();
    try {
      for (Line entry : entries) {
        if (entry.beside() != null) {
          putBeside(entry.beside());
        }
      }
      writeFully(together(entries), offsets.end());
      file.force(true);
    } catch (IOException e) {
      trouble = String.valueOf(e.getMessage());
      throw e;
    }
    // A crash before the force loses all of it or a tail of it, which load() cuts at a line end:
    // what is left is a prefix in Kafka's order per partition, and the rest is read again.
    for (Line entry : entries) {
      ids.add(entry.event());
      positions.passed(entry.from());
      offsets.add(offsets.end() + entry.bytes().length + 1);
    }
    return first;
  }

  private static ByteBuffer together(List<Line> entries) {
    int length = entries.stream().mapToInt(entry -> entry.bytes().length + 1).sum();
    ByteBuffer buffer = ByteBuffer.allocate(length);
    entries.forEach(entry -> buffer.put(entry.bytes()).put((byte) '\n'));
    return buffer.flip();
  }

  private void writeFully(ByteBuffer bytes, long at) throws IOException {
    long position = at;
    while (bytes.hasRemaining()) {
      position += file.write(bytes, position);
    }
  }

  /** Written under its own digest, before the entry that names it: never missing, never changed. */
  private void putBeside(byte[] details) throws IOException {
    Path beside = folder.resolve("beside");
    Path draft = beside.resolve("draft");
    Files.write(
        draft,
        details,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
    Files.move(
        draft,
        beside.resolve(Digest.hex(details) + ".json"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    sync(beside);
  }

  @Override
  public synchronized void recover() throws IOException {
    cutBack();
    trouble = null;
  }

  private void cutBack() throws IOException {
    file.truncate(offsets.end());
    file.force(true);
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public synchronized boolean holds(UUID event) {
    return ids.contains(event);
  }

  @Override
  public long next(String topic, int partition) {
    return positions.next(topic, partition);
  }

  @Override
  public long size() {
    return offsets.size();
  }

  @Override
  public String trouble() {
    return trouble;
  }

  @Override
  public List<byte[]> read(long from, int limit) throws IOException {
    long size = size();
    if (from >= size || limit <= 0) {
      return List.of();
    }
    int first = (int) from;
    int last = (int) Math.min(size, from + limit);
    long start = offsets.start(first);
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(offsets.start(last) - start));
    while (bytes.hasRemaining() && file.read(bytes, start + bytes.position()) >= 0) {
      continue;
    }
    var entries = new ArrayList<byte[]>(last - first);
    for (int i = first; i < last; i++) {
      int begin = (int) (offsets.start(i) - start);
      int end = (int) (offsets.start(i + 1) - start) - 1;
      byte[] entry = new byte[end - begin];
      bytes.get(begin, entry);
      entries.add(entry);
    }
    return entries;
  }

  @Override
  public synchronized void close() throws IOException {
    trouble = "the log is closed";
    try (lockFile) {
      file.close();
    }
  }
}
