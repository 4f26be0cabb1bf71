package io.pgscim.local.home;

import io.pgscim.parts.PartsException;
import io.pgscim.parts.embedded.FreePort;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Which port of 127.0.0.1 each part listens on: chosen free once, then kept, because people write
 * addresses down.
 */
public final class Ports {
  private static final String FILE = "ports";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<Use, Integer> chosen;

  /** Who listens. */
  public enum Use {
    SCIM_INGEST("scim-ingest", true),
    POSTGRESQL("PostgreSQL", true),
    KAFKA("Kafka", true),
    KAFKA_CONTROLLER("Kafka's controller", false),
    ROLE_APPLIER("role-applier", true),
    AUDIT_SINK("audit-sink", true);

    private final String label;
    private final boolean promised;

    Use(String label, boolean promised) {
      this.label = label;
      this.promised = promised;
    }

    private String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private Ports(Map<Use, Integer> chosen) {
    this.chosen = chosen;
  }

  /**
   * The ports of this start, remembered for the next one.
   *
   * @param wanted ports asked for explicitly; they win over remembered ones
   * @throws PartsException when a port that somebody counts on is taken
   */
  static Ports choose(Home home, Map<Use, Integer> wanted) {
    Map<Use, Integer> remembered = remembered(home);
    Map<Use, Integer> chosen = new EnumMap<>(Use.class);
    for (Use use : Use.values()) {
      chosen.put(use, choose(use, wanted.get(use), remembered.get(use)));
    }
    home.write(
        FILE,
        new TreeMap<>(chosen)
            .entrySet().stream()
                .map(entry -> entry.getKey().key() + "=" + entry.getValue())
                .collect(Collectors.joining("\n")));
    return new Ports(chosen);
  }

  public int of(Use use) {
    return chosen.get(use);
  }

  private static int choose(Use use, Integer wanted, Integer remembered) {
    if (wanted != null) {
      requireFree(
          wanted,
          "port %d, asked for %s, is taken by another program: stop that program or ask for another port"
              .formatted(wanted, use.label));
      return wanted;
    }
    if (remembered != null && use.promised) {
      requireFree(
          remembered,
          ("port %d, which %s had here before, is taken by another program: stop that program, ask for another port"
                  + " (--help tells how), or delete the file 'ports' in the data folder to have all chosen anew")
              .formatted(remembered, use.label));
      return remembered;
    }
    return remembered != null && FreePort.isFree(remembered) ? remembered : FreePort.choose();
  }

  /** Waits a little, since a part of a run that was just killed may still be about to end. */
  private static void requireFree(int port, String otherwise) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!FreePort.isFree(port)) {
      if (System.nanoTime() > end) {
        throw new PartsException(otherwise);
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private static Map<Use, Integer> remembered(Home home) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(home.read(FILE).orElse("")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<Use, Integer> ports = new EnumMap<>(Use.class);
    for (Use use : Use.values()) {
      String port = properties.getProperty(use.key());
      if (port != null && port.matches("\\d{1,5}")) {
        ports.put(use, Integer.valueOf(port));
      }
    }
    return ports;
  }
}
