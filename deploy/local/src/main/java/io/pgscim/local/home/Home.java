package io.pgscim.local.home;

import io.pgscim.parts.PartsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The data folder. It is private to its user: it holds the tokens, and a database without
 * passwords.
 */
public final class Home {
  private static final long NEEDED_BYTES = 500L * 1024 * 1024;
  private static final long FULL_BYTES = 20L * 1024 * 1024;
  private static final int TOKEN_BYTES = 32;

  private final Path folder;

  private Home(Path folder) {
    this.folder = folder;
  }

  /** The folder as it is now, which may be not at all. */
  public static Home at(Path folder) {
    return new Home(folder.toAbsolutePath().normalize());
  }

  /**
   * Makes the folder usable: exists, private, on a disk with room.
   *
   * @throws PartsException with the reason when it is not
   */
  public void open() {
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      Files.createDirectories(logs());
    } catch (IOException e) {
      throw new PartsException(
          "the data folder " + folder + " cannot be used: " + e.getMessage(), e);
    }
    long free = freeBytes();
    if (free < NEEDED_BYTES) {
      throw new PartsException(
          "the disk is full: %d MB are free at %s and %d MB are needed; make room, or name another folder with --data"
              .formatted(free >> 20, folder, NEEDED_BYTES >> 20));
    }
  }

  /** Whether next to nothing can be written any more. */
  public boolean isDiskFull() {
    return freeBytes() < FULL_BYTES;
  }

  private long freeBytes() {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path folder() {
    return folder;
  }

  public Path logs() {
    return folder.resolve("logs");
  }

  /** The log of one part, by its name. */
  public Path log(String name) {
    return logs().resolve(name + ".log");
  }

  /** Begins a log anew; the former one stays beside it as {@code .1}. */
  public Path beginLog(String name) {
    Path log = log(name);
    try {
      if (Files.exists(log)) {
        Files.move(log, log.resolveSibling(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return log;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** The bearer token that the SCIM client uses. */
  public String token() {
    return token("scim-token");
  }

  /** The bearer token of scim-ingest's admin API. */
  public String adminToken() {
    return token("admin-token");
  }

  /** 256 random bits, made once. */
  private String token(String file) {
    return read(file)
        .orElseGet(
            () -> {
              byte[] random = new byte[TOKEN_BYTES];
              new SecureRandom().nextBytes(random);
              String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
              write(file, token);
              return token;
            });
  }

  /**
   * The policy file in force: the one given now, else the one given last time, else the folder's
   * own, which starts as a copy of the default.
   *
   * @throws PartsException when the file is not there
   */
  public Path policy(Optional<Path> given, Path byDefault) {
    Path file =
        given
            .map(Path::toAbsolutePath)
            .map(Path::normalize)
            .or(this::rememberedPolicy)
            .orElse(file("policy.yaml"));
    try {
      if (file.equals(file("policy.yaml")) && !Files.exists(file)) {
        Files.copy(byDefault, file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new PartsException(
          "the policy file " + file + " cannot be read; name another with --policy");
    }
    write("policy-file", file.toString());
    return file;
  }

  /**
   * The folder of further resource types: the one given now, else the one given last time.
   *
   * @throws PartsException when it is not there
   */
  public Optional<Path> resourceTypes(Optional<Path> given) {
    Optional<Path> folder = given.or(this::rememberedResourceTypes);
    folder.ifPresent(
        path -> {
          if (!Files.isDirectory(path) || !Files.isReadable(path)) {
            throw new PartsException(
                "the folder of resource types "
                    + path
                    + " cannot be read; name another with --resource-types");
          }
          write("resource-types", path.toString());
        });
    return folder;
  }

  /** The folder of further resource types that was given last. */
  public Optional<Path> rememberedResourceTypes() {
    return read("resource-types").map(Path::of);
  }

  private Optional<Path> rememberedPolicy() {
    return read("policy-file").map(Path::of);
  }

  Optional<String> read(String name) {
    Path file = file(name);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a file that only this user can read; a reader sees the old or the new content, never
   * half of it.
   */
  void write(String name, String content) {
    Path draft = file("." + name + "-" + ProcessHandle.current().pid());
    try {
      Files.deleteIfExists(draft);
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(draft, content + "\n", StandardCharsets.UTF_8);
      Files.move(draft, file(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
