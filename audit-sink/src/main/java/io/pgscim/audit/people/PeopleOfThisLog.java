package io.pgscim.audit.people;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens what is kept of people beside the log of this process, and closes it at the end. */
final class PeopleOfThisLog {

  @Produces
  @Singleton
  People open(
      @ConfigProperty(name = "pgscim.audit.log") Path folder,
      @ConfigProperty(name = "pgscim.audit.people-keys") Optional<Path> keyFile) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      return People.open(root, keyFile.orElse(root.resolve("private/people.db")));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "what is kept of people beside the log cannot be opened: " + e.getMessage(), e);
    }
  }

  void close(@Disposes People people) {
    try {
      people.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
