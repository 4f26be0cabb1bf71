package io.pgscim.ingest.command;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;

/** The service's own configuration, where no Quarkus runs: environment, file, defaults. */
final class Settings {
  /** Where Quarkus looks too, beside the working directory. */
  private static final Path FILE = Path.of("config", "application.properties");

  private static final int FILE_ORDINAL = 260;
  private static final int DEFAULTS_ORDINAL = 250;

  private Settings() {}

  static Config read() {
    try {
      URL defaults = Settings.class.getResource("/application.properties");
      SmallRyeConfigBuilder builder =
          new SmallRyeConfigBuilder()
              .addDefaultInterceptors()
              .addSystemSources()
              .withSources(new PropertiesConfigSource(defaults, DEFAULTS_ORDINAL));
      if (Files.isReadable(FILE)) {
        builder.withSources(new PropertiesConfigSource(FILE.toUri().toURL(), FILE_ORDINAL));
      }
      return builder.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
