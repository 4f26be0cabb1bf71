package io.pgscim.ingest.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.parts.RealParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged service in a small heap, with two sources, and what can be measured of it. */
final class Victim implements AutoCloseable {
  static final String TOKEN = "token-of-the-attacker-who-got-hold-of-one";
  static final String BYSTANDER = "token-of-an-ordinary-client";
  static final String BETA = "token-of-the-other-source";

  static final String ADMIN = "token-of-the-administrator";

  /** Shorter than usual, so that the afternoon is, too. */
  static final Duration HEAD_TIME = Duration.ofSeconds(4);

  static final Duration BODY_TIME = Duration.ofSeconds(8);
  static final Duration IDLE_TIME = Duration.ofSeconds(20);

  private static final String DATABASE = "hostile";

  /** Bytes. */
  static final long HEAP = 256 * 1_024 * 1_024;

  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern USED = Pattern.compile("\\bused (\\d+)K|, (\\d+)K used");

  private final Process process;
  private final Path log;
  final int port;

  private Victim(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /** Starts it; returns once it is ready. */
  static Victim start(Path folder) throws IOException, InterruptedException {
    RealParts.database().createDatabase(DATABASE);
    int port = freePort();
    Path log = folder.resolve("victim.log");
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-Xmx" + HEAP, "-XX:+UseSerialGC"));
    command.add("-Dpgscim.sources.beta.token-sha256=" + sha256(BETA));
    command.addAll(List.of("-jar", Path.of("target", "quarkus-app", "quarkus-run.jar").toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(key -> key.startsWith("PGSCIM_"));
    builder
        .environment()
        .put("PGSCIM_ACCESS_TOKEN_SHA256", sha256(TOKEN) + "," + sha256(BYSTANDER));
    builder.environment().put("PGSCIM_ADMIN_TOKEN_SHA256", sha256(ADMIN));
    builder.environment().put("PGSCIM_LIMITS_HEAD_TIME", HEAD_TIME.toString());
    builder.environment().put("PGSCIM_LIMITS_BODY_TIME", BODY_TIME.toString());
    builder.environment().put("QUARKUS_HTTP_IDLE_TIMEOUT", IDLE_TIME.toString());
    builder.environment().put("PGSCIM_DIRECTORY_URL", RealParts.database().url(DATABASE));
    builder.environment().put("PGSCIM_DIRECTORY_USERNAME", RealParts.database().superuser());
    builder.environment().put("KAFKA_BOOTSTRAP_SERVERS", RealParts.broker().bootstrapServers());
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Victim victim = new Victim(process, log, port);
    victim.awaitReady();
    return victim;
  }

  private void awaitReady() throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("the service did not start: " + log());
      }
      Thread.sleep(100);
    }
  }

  private boolean isReady() {
    try {
      return ((HttpURLConnection)
                  URI.create("http://127.0.0.1:" + port + "/q/health/ready")
                      .toURL()
                      .openConnection())
              .getResponseCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Everything it has written. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of its heap that are reachable. */
  long heap() throws IOException, InterruptedException {
    jcmd("GC.run");
    Matcher used = USED.matcher(jcmd("GC.heap_info").split("Metaspace")[0]);
    long kilobytes = 0;
    while (used.find()) {
      kilobytes += Long.parseLong(used.group(1) != null ? used.group(1) : used.group(2));
    }
    return kilobytes * 1_024;
  }

  private String jcmd(String what) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                what)
            .redirectErrorStream(true)
            .start();
    String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (jcmd.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
    return output;
  }

  /** Bytes of memory that it has of the machine. */
  long resident() throws IOException {
    String status = Files.readString(proc("status"));
    Matcher resident = RESIDENT.matcher(status);
    assertThat(resident.find()).as(status).isTrue();
    return Long.parseLong(resident.group(1)) * 1_024;
  }

  long threads() throws IOException {
    try (Stream<Path> tasks = Files.list(proc("task"))) {
      return tasks.count();
    }
  }

  /** Open files and sockets. */
  long handles() throws IOException {
    try (Stream<Path> files = Files.list(proc("fd"))) {
      return files.count();
    }
  }

  private Path proc(String what) {
    return Path.of("/proc", Long.toString(process.pid()), what);
  }

  /** One number from its database, behind its back. */
  long number(String sql) {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:" + RealParts.database().url(DATABASE),
                RealParts.database().superuser(),
                "");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String sha256(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
