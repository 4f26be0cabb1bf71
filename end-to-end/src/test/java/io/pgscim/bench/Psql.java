package io.pgscim.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** PostgreSQL's own client, run over a file of statements. */
final class Psql {
  private static final String MISSING =
      "psql is not there: install postgresql-client (Debian, Ubuntu) or postgresql (Fedora,"
          + " Homebrew)";

  private final String program;
  private final int port;
  private final String user;

  Psql(int port, String user) {
    this.program =
        Stream.of(System.getenv("PATH").split(":"))
            .map(folder -> Path.of(folder, "psql"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(MISSING))
            .toString();
    this.port = port;
    this.user = user;
  }

  /** Runs the statements in one transaction; how long psql took from its start to its end. */
  Duration inOneTransaction(String database, String statements)
      throws IOException, InterruptedException {
    return run(database, "BEGIN;\n" + statements + "\nCOMMIT;\n");
  }

  /** The same with the transactions that the statements make. */
  Duration run(String database, String statements) throws IOException, InterruptedException {
    Path file = Files.createTempFile("bench", ".sql");
    try {
      Files.writeString(file, statements);
      List<String> command =
          List.of(
              program,
              "-X",
              "-q",
              "-v",
              "ON_ERROR_STOP=1",
              "-h",
              "127.0.0.1",
              "-p",
              Integer.toString(port),
              "-U",
              user,
              "-d",
              database,
              "-f",
              file.toString());
      long began = System.nanoTime();
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("psql failed: " + output);
      }
      return Duration.ofNanos(System.nanoTime() - began);
    } finally {
      Files.delete(file);
    }
  }
}
