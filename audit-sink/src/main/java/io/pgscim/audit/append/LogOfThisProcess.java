package io.pgscim.audit.append;

import io.pgscim.audit.disk.Disk;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Opens the one log that this process writes, and closes it at the end. */
final class LogOfThisProcess {

  @Produces
  @Singleton
  AuditLog open(@ConfigProperty(name = "pgscim.audit.log") Path folder, EventIndex index) {
    try {
      return FileLog.open(new Disk(folder.toAbsolutePath().normalize()), index);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the audit log in " + folder + " cannot be opened: " + e.getMessage(), e);
    }
  }

  void close(@Disposes AuditLog log) {
    try {
      log.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
