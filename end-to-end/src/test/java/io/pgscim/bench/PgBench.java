package io.pgscim.bench;

import io.pgscim.messaging.Outbox;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PostgreSQL's own load generator with the statement that creates a user: the text that scim-ingest
 * sends, with values of the same sizes, into tables with the same indexes.
 */
final class PgBench {
  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
  private static final String MISSING =
      "pgbench is not there: install postgresql-contrib (Debian, Ubuntu, Fedora) or postgresql"
          + " (Homebrew), or name the program in the variable PGBENCH";

  private final Path program;
  private final Path script;
  private final int port;

  private PgBench(Path program, Path script, int port) {
    this.program = program;
    this.script = script;
    this.port = port;
  }

  /**
   * What a user's creation writes.
   *
   * @param number the digits in it that differ from user to user
   */
  record Sample(
      long number,
      String topic,
      String key,
      String type,
      String headers,
      String payload,
      String source,
      String name,
      String externalId,
      String document,
      String comparable) {}

  /** Fails early, in a sentence that says what to install. */
  static Path find() {
    String named = System.getenv("PGBENCH");
    Stream<Path> places =
        named != null
            ? Stream.of(Path.of(named))
            : Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, "pgbench"));
    return places
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(MISSING));
  }

  static PgBench of(Path program, int port, Sample sample) throws IOException {
    Path script = Files.createTempFile("create-user", ".sql");
    Files.writeString(
        script,
        "\\set n random(1000000000000000000, 9000000000000000000)\n" + statement(sample) + ";\n");
    return new PgBench(program, script, port);
  }

  /** The statement of {@code Directory.create}, each parameter replaced by an expression. */
  private static String statement(Sample sample) throws IOException {
    List<String> values =
        List.of(
            "ARRAY[gen_random_uuid()]",
            "ARRAY[" + text(sample.topic(), sample) + "]",
            "ARRAY[" + text(sample.key(), sample) + "]",
            "ARRAY[" + text(sample.type(), sample) + "]",
            "ARRAY[" + text(sample.headers(), sample) + "]",
            "ARRAY[convert_to(" + text(sample.payload(), sample) + ", 'UTF8')]",
            "uuidv7()",
            text(sample.source(), sample),
            "'User'",
            "now()",
            text(sample.name(), sample),
            "true",
            text(sample.externalId(), sample),
            text(sample.document(), sample),
            text(sample.comparable(), sample));
    String sql =
        ("WITH announced AS (" + new Outbox("bench").insertSql() + ") " + insert())
            .replace("scim.resource", "bench.resource");
    for (int i = values.size(); i > 0; i--) {
      sql = sql.replace("$" + i, values.get(i - 1));
    }
    return sql;
  }

  private static String insert() throws IOException {
    try (InputStream in =
        PgBench.class.getResourceAsStream("/io/pgscim/ingest/directory/insert.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
    }
  }

  /** A text with pgbench's number in it; colons are written as escapes, it would read variables. */
  private static String text(String value, Sample sample) {
    String escaped = value.replace("'", "''").replace("\\", "\\\\").replace(":", "\\003A");
    return "(U&'"
        + escaped.replace("" + sample.number(), "'::text || :n::text || U&'")
        + "'::text)";
  }

  /** Transactions per second over that time. */
  double run(int clients, int seconds) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString(), "-n", "-M", "prepared"));
    command.addAll(List.of("-c", "" + clients, "-j", "1", "-T", "" + seconds));
    command.addAll(List.of("-f", script.toString(), "-h", "127.0.0.1", "-p", "" + port));
    command.addAll(List.of("-U", "postgres", "directory"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher rate = RATE.matcher(output);
    if (process.waitFor() != 0 || !rate.find()) {
      throw new IllegalStateException("pgbench failed: " + output);
    }
    return Double.parseDouble(rate.group(1));
  }
}
