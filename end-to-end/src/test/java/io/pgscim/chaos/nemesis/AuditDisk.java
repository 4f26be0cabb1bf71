package io.pgscim.chaos.nemesis;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk of its own for the audit log, that can be full: a small tmpfs where it may be mounted;
 * elsewhere the service's own limit on the size of files (prlimit), by which writes fail too.
 */
public abstract sealed class AuditDisk implements AutoCloseable {

  /** The best that can be had. */
  public static AuditDisk at(Path folder) throws IOException {
    Files.createDirectories(folder);
    return run("mount", "-t", "tmpfs", "-o", "size=512m", "pgscim-chaos", folder.toString())
        ? new Mounted(folder)
        : new Limited();
  }

  /** From now on nothing can be written. */
  abstract void fill(long pid) throws IOException;

  /** From now on it can. */
  abstract void free(long pid) throws IOException;

  /** How it is done. */
  public abstract String how();

  @Override
  public abstract void close() throws IOException;

  private static final class Mounted extends AuditDisk {
    private final Path folder;
    private final Path filler;

    Mounted(Path folder) {
      this.folder = folder;
      this.filler = folder.resolve("filler");
    }

    @Override
    void fill(long pid) throws IOException {
      byte[] much = new byte[1 << 16];
      try (OutputStream out = Files.newOutputStream(filler)) {
        while (true) {
          out.write(much);
        }
      } catch (IOException full) {
        if (Files.getFileStore(folder).getUsableSpace() > much.length) {
          throw full;
        }
      }
    }

    @Override
    void free(long pid) throws IOException {
      Files.deleteIfExists(filler);
    }

    @Override
    public String how() {
      return "a tmpfs that is filled up";
    }

    @Override
    public void close() throws IOException {
      run("umount", "-l", folder.toString());
    }
  }

  private static final class Limited extends AuditDisk {
    @Override
    void fill(long pid) throws IOException {
      run("prlimit", "--pid", "" + pid, "--fsize=0:");
    }

    @Override
    void free(long pid) throws IOException {
      run("prlimit", "--pid", "" + pid, "--fsize=unlimited:");
    }

    @Override
    public String how() {
      return "a limit on the size of the service's files (prlimit)";
    }

    @Override
    public void close() {}
  }

  private static boolean run(String... command) throws IOException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .onExit()
            .join()
            .exitValue()
        == 0;
  }
}
