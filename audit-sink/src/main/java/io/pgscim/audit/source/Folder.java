package io.pgscim.audit.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A log in a folder of this machine; nothing needs to run. */
public record Folder(Path root) implements LogSource {

  Folder(String place) {
    this(Path.of(place));
  }

  @Override
  public byte[] read(String name) throws IOException {
    Path file = root.resolve(name);
    try {
      if (Files.size(file) > LARGEST) {
        throw new IOException(file + " is larger than any file of a log");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public Optional<Folder> folder() {
    return Optional.of(this);
  }

  @Override
  public int atOnce() {
    return Runtime.getRuntime().availableProcessors();
  }
}
