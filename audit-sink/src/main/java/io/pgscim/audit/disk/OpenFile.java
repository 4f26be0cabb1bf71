package io.pgscim.audit.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of a {@link Disk} that is written in place. Java closes the channel under a thread that is
 * interrupted; the next one to come opens it again.
 */
public final class OpenFile implements Closeable {
  private final Disk disk;
  private final Path path;
  private FileChannel channel;
  private boolean closed;

  OpenFile(Disk disk, Path path, FileChannel channel) {
    this.disk = disk;
    this.path = path;
    this.channel = channel;
  }

  /** Writes all the bytes; they are on disk after {@link #sync}. */
  public void write(ByteBuffer bytes, long at) throws IOException {
    disk.run("write", path, () -> disk.writeFully(channel(), bytes, at));
  }

  public void sync() throws IOException {
    disk.run("fsync", path, () -> channel().force(true));
  }

  /** Cuts everything off behind so many bytes. */
  public void cut(long size) throws IOException {
    disk.run("cut", path, () -> channel().truncate(size));
  }

  /** Reads some bytes; a negative number at the end. */
  public int read(ByteBuffer bytes, long at) throws IOException {
    return channel().read(bytes, at);
  }

  public long size() throws IOException {
    return channel().size();
  }

  private synchronized FileChannel channel() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (!channel.isOpen()) {
      channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
    return channel;
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    channel.close();
  }
}
