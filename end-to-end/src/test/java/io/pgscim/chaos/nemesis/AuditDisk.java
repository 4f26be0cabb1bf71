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
  final Path folder;

  private AuditDisk(Path folder) {
    this.folder = folder;
  }

  /** The best that can be had. */
  public static AuditDisk at(Path folder) throws IOException {
    Files.createDirectories(folder);
    return run("mount", "-t", "tmpfs", "-o", "size=512m", "pgscim-chaos", folder.toString())
        ? new Mounted(folder)
        : new Limited(folder);
  }

  /** From now on nothing can be written. */
  abstract void fill(long pid) throws IOException;

  /** From now on it can. */
  abstract void free(long pid) throws IOException;

  /** Copies the log: a disk in memory is gone with the run. */
  public void keep(Path copy) {
    run("cp", "-r", folder.toString(), copy.toString());
  }

  /** How it is done. */
  public abstract String how();

  @Override
  public abstract void close();

  private static final class Mounted extends AuditDisk {
    private final Path filler;

    Mounted(Path folder) {
      super(folder);
      this.filler = folder.resolve("filler");
      // A run that is interrupted leaves nothing mounted either.
      Runtime.getRuntime().addShutdownHook(new Thread(this::close));
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
    public void close() {
      run("umount", "-l", folder.toString());
    }
  }

  private static final class Limited extends AuditDisk {
    Limited(Path folder) {
      super(folder);
    }

    @Override
    void fill(long pid) throws IOException {
      if (!run("prlimit", "--pid", "" + pid, "--fsize=0:")) {
        throw new IOException("prlimit cannot limit process " + pid);
      }
    }

    @Override
    void free(long pid) {
      run("prlimit", "--pid", "" + pid, "--fsize=unlimited:");
    }

    @Override
    public String how() {
      return "a limit on the size of the service's files (prlimit)";
    }

    @Override
    public void close() {}
  }

  /** Whether the command did what it was asked; one that is not there did not. */
  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .onExit()
              .join()
              .exitValue()
          == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
