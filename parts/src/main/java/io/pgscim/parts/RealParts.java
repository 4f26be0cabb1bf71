package io.pgscim.parts;

import io.pgscim.parts.docker.ContainerParts;
import io.pgscim.parts.embedded.EmbeddedParts;
import io.pgscim.parts.embedded.PostgresBinaries;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One broker and one database for all tests of a JVM, started when first asked for and gone when
 * the JVM ends.
 *
 * <p>The one switch is the system property {@code pgscim.parts} or the environment variable {@code
 * PGSCIM_PARTS}: {@code docker} (containers or nothing), {@code embedded} (child processes), or
 * {@code auto}, the default: containers where a Docker engine answers and has the images, child
 * processes otherwise.
 */
public final class RealParts {
  private static Broker broker;
  private static Database database;

  private RealParts() {}

  /** The shared broker, running. */
  public static synchronized Broker broker() {
    if (broker == null) {
      broker = closedAtExit(chosen(ContainerParts::broker, EmbeddedParts::broker));
    }
    return broker;
  }

  /**
   * The shared database, running: the version of this build, or that of the package that the system
   * property {@code pgscim.postgresql} names, which always runs embedded.
   */
  public static synchronized Database database() {
    if (database == null) {
      String other = System.getProperty("pgscim.postgresql", "");
      database =
          closedAtExit(
              other.isEmpty()
                  ? chosen(ContainerParts::database, EmbeddedParts::database)
                  : EmbeddedParts.database(PostgresBinaries.packed(Path.of(other))));
    }
    return database;
  }

  private static <T> T chosen(Supplier<T> container, Supplier<T> embedded) {
    return switch (mode()) {
      case "docker" -> container.get();
      case "embedded" -> embedded.get();
      case "auto" ->
          ContainerParts.engineAnswers() ? containerOr(container, embedded) : embedded.get();
      case String other ->
          throw new PartsException("pgscim.parts is auto, docker or embedded, not '" + other + "'");
    };
  }

  private static <T> T containerOr(Supplier<T> container, Supplier<T> embedded) {
    try {
      return container.get();
    } catch (RuntimeException noImage) {
      System.err.println(
          "A Docker engine answers but gave no container, so this part runs embedded: "
              + rootMessage(noImage));
      return embedded.get();
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("no reason given");
  }

  private static String mode() {
    return Optional.ofNullable(System.getProperty("pgscim.parts"))
        .or(() -> Optional.ofNullable(System.getenv("PGSCIM_PARTS")))
        .filter(mode -> !mode.isBlank())
        .orElse("auto");
  }

  private static <T extends AutoCloseable> T closedAtExit(T part) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    part.close();
                  } catch (Exception e) {
                    System.err.println("could not stop a part: " + e.getMessage());
                  }
                },
                "stop-" + part.getClass().getSimpleName()));
    return part;
  }
}
