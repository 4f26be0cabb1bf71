package io.pgscim.parts.embedded;

import com.sun.security.auth.module.UnixSystem;
import io.pgscim.parts.PartsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How to run a program that refuses to be root, as PostgreSQL does.
 *
 * <p>In order: nothing special when we are not root; a user namespace without a mapping, in which
 * root is nobody and still owns its files; the user nobody by {@code setpriv}, whose data folder
 * must then belong to nobody and who keeps only the capability to pass through folders.
 */
enum Unprivileged {
  AS_OURSELVES(List.of()),
  IN_USER_NAMESPACE(List.of("unshare", "--user")),
  AS_NOBODY(
      List.of(
          "setpriv",
          "--reuid=65534",
          "--regid=65534",
          "--clear-groups",
          "--inh-caps=-all,+dac_override",
          "--ambient-caps=-all,+dac_override"));

  private static final int NOBODY = 65534;
  private static Unprivileged found;

  private final List<String> prefix;

  Unprivileged(List<String> prefix) {
    this.prefix = prefix;
  }

  /**
   * The first way that works here.
   *
   * @throws PartsException when we are root and there is none
   */
  static synchronized Unprivileged way() {
    if (found == null) {
      found = find();
    }
    return found;
  }

  private static Unprivileged find() {
    if (!isRoot()) {
      return AS_OURSELVES;
    }
    for (Unprivileged way : List.of(IN_USER_NAMESPACE, AS_NOBODY)) {
      if (succeeds(way.command(List.of("true")))) {
        return way;
      }
    }
    throw new PartsException(
        "PostgreSQL refuses to run as root, and neither unshare nor setpriv (util-linux) works here: run this as another"
            + " user");
  }

  /** The command line that runs {@code command} this way; the process stays one and the same. */
  List<String> command(List<String> command) {
    List<String> line = new ArrayList<>(prefix);
    line.addAll(command);
    return line;
  }

  /**
   * Creates a private folder that the program run this way owns; one that exists is left as it is.
   */
  void createOwned(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectories(folder);
    if (this == AS_NOBODY) {
      Files.setAttribute(folder, "unix:uid", NOBODY);
      Files.setAttribute(folder, "unix:gid", NOBODY);
    }
  }

  private static boolean isRoot() {
    return new UnixSystem().getUid() == 0;
  }

  private static boolean succeeds(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
