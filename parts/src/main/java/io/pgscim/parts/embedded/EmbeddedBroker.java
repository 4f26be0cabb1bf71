package io.pgscim.parts.embedded;

import io.pgscim.parts.Broker;
import io.pgscim.parts.process.ChildProcess;
import io.pgscim.parts.process.Launch;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An Apache Kafka broker (KRaft, broker and controller together) in a JVM of its own over this
 * JVM's class path. Its data stay in its directory when it is closed.
 */
public final class EmbeddedBroker implements Broker {
  /**
   * Any 16 bytes in base64url; the same for all, since a cluster here is one broker on one machine.
   */
  private static final String CLUSTER_ID = "cGdzY2ltLWxvY2FsLTAwMQ";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Settings settings;
  private volatile ChildProcess process;

  /**
   * How to run it.
   *
   * @param directory where its data and configuration live; created when missing
   * @param log the file its warnings and errors are appended to
   * @param port where clients connect, on 127.0.0.1
   * @param controllerPort where it talks to itself, on 127.0.0.1
   * @param heapMegabytes its JVM's heap
   * @param jvmOptions further options for its JVM
   * @param detours further ports it listens on, each with the port that is advertised instead to
   *     those who come that way: what stands there leads to the first
   */
  public record Settings(
      Path directory,
      Path log,
      int port,
      int controllerPort,
      int heapMegabytes,
      List<String> jvmOptions,
      Map<Integer, Integer> detours) {
    public Settings {
      jvmOptions = List.copyOf(jvmOptions);
      detours = Map.copyOf(detours);
    }

    /** On free ports, for tests. */
    public static Settings in(Path directory) {
      return new Settings(
          directory,
          directory.resolve("broker.log"),
          FreePort.choose(),
          FreePort.choose(),
          256,
          List.of(),
          Map.of());
    }
  }

  public EmbeddedBroker(Settings settings) {
    this.settings = settings;
  }

  @Override
  public String bootstrapServers() {
    return "127.0.0.1:" + settings.port();
  }

  @Override
  public synchronized void start() {
    if (process != null && process.isAlive()) {
      return;
    }
    Path ready = settings.directory().resolve("ready");
    Path properties = settings.directory().resolve("server.properties");
    try {
      Files.createDirectories(settings.directory());
      Files.deleteIfExists(ready);
      try (OutputStream out = Files.newOutputStream(properties)) {
        properties().store(out, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ChildProcess started = ChildProcess.start(launch(properties, ready));
    process = started;
    Readiness.await(
        "the Kafka broker",
        started,
        settings.log(),
        START_LIMIT,
        () -> holdsPid(ready, started.pid()));
  }

  private Launch launch(Path properties, Path ready) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + settings.heapMegabytes() + "m");
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    if (Runtime.version().feature() >= 23) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(settings.jvmOptions());
    command.add("-Dslf4j.internal.verbosity=WARN");
    command.add("-Dslf4j.provider=" + BrokerLog.class.getName());
    command.add(BrokerMain.class.getName());
    command.addAll(List.of(properties.toString(), CLUSTER_ID, ready.toString()));
    return new Launch(
        "the Kafka broker",
        command,
        Map.of("CLASSPATH", classPath()),
        settings.directory(),
        settings.log(),
        "TERM",
        Duration.ofSeconds(20));
  }

  private Properties properties() {
    String client = "127.0.0.1:" + settings.port();
    String controller = "127.0.0.1:" + settings.controllerPort();
    Properties p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", "1");
    p.put("controller.quorum.voters", "1@" + controller);
    p.put("controller.listener.names", "CONTROLLER");
    StringBuilder listeners = new StringBuilder("CLIENT://" + client);
    StringBuilder advertised = new StringBuilder("CLIENT://" + client);
    StringBuilder protocols = new StringBuilder("CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings
        .detours()
        .forEach(
            (port, instead) -> {
              listeners.append(",DETOUR%d://127.0.0.1:%d".formatted(port, port));
              advertised.append(",DETOUR%d://127.0.0.1:%d".formatted(port, instead));
              protocols.append(",DETOUR%d:PLAINTEXT".formatted(port));
            });
    p.put("listeners", listeners + ",CONTROLLER://" + controller);
    p.put("advertised.listeners", advertised.toString());
    p.put("inter.broker.listener.name", "CLIENT");
    p.put("listener.security.protocol.map", protocols.toString());
    p.put("log.dirs", settings.directory().resolve("log").toString());
    p.put("auto.create.topics.enable", "false");
    p.put("offsets.topic.num.partitions", "1");
    p.put("transaction.state.log.num.partitions", "1");
    p.put("share.coordinator.state.topic.num.partitions", "1");
    for (String topic :
        List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
      p.put(topic + ".replication.factor", "1");
    }
    p.put("transaction.state.log.min.isr", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");
    // The controller refuses a broker that died and came back until the former one's session is
    // over.
    p.put("broker.session.timeout.ms", "2000");
    p.put("broker.heartbeat.interval.ms", "400");
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("log.cleaner.dedupe.buffer.size", "" + 16 * 1024 * 1024);
    return p;
  }

  @Override
  public void stop() {
    process().ifPresent(ChildProcess::stop);
  }

  @Override
  public void kill() {
    process().ifPresent(ChildProcess::kill);
  }

  @Override
  public void close() {
    stop();
  }

  /** The process as it runs now; empty before the first start. */
  public Optional<ChildProcess> process() {
    return Optional.ofNullable(process);
  }

  /** This JVM's class path, readable from any working directory. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean holdsPid(Path file, long pid) throws IOException {
    return Files.exists(file) && Files.readString(file).equals("" + pid);
  }
}
