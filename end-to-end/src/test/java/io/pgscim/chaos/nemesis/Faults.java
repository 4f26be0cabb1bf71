package io.pgscim.chaos.nemesis;

import io.pgscim.endtoend.KafkaTopics;
import io.pgscim.endtoend.Stack;
import io.pgscim.parts.network.Proxy;
import io.pgscim.parts.network.Weather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Every fault that can be made in a system. */
final class Faults {
  private static final List<String> PARTS =
      List.of("scim-ingest", "role-applier", "audit-sink", "kafka", "postgresql");
  private static final int COMMITS_CUT_PERCENT = 30;
  private static final int MOST_AGAIN = 200;

  private final Stack stack;
  private final Map<String, Proxy> links;
  private final AuditDisk disk;
  private final Random random;

  /**
   * @param links by name: {@code from>to}
   */
  Faults(Stack stack, Map<String, Proxy> links, AuditDisk disk, long seed) {
    this.stack = stack;
    this.links = links;
    this.disk = disk;
    this.random = new Random(seed);
  }

  /** What a fault does when it begins and when it ends. */
  private interface Step {
    void run() throws Exception;
  }

  private record Simple(FaultKind kind, Set<String> targets, Step first, Step last)
      implements Fault {
    Simple(FaultKind kind, String target, Step first, Step last) {
      this(kind, Set.of(target), first, last);
    }

    @Override
    public void begin() throws Exception {
      first.run();
    }

    @Override
    public void end() throws Exception {
      last.run();
    }
  }

  /** All of a kind. */
  List<Fault> of(FaultKind kind) {
    return switch (kind) {
      case KILL -> parts(kind, stack::kill);
      case RESTART -> parts(kind, stack::without);
      case PAUSE -> PARTS.stream().map(this::pause).toList();
      case CUT -> links(kind, Proxy::cut, Proxy::cut);
      case DELAY -> links(kind, this::slow, proxy -> proxy.become(Weather.FAIR));
      case SILENCE ->
          links(kind, proxy -> proxy.become(Weather.SILENT), proxy -> proxy.become(Weather.FAIR));
      case COMMIT ->
          links(kind, proxy -> proxy.cutCommits(COMMITS_CUT_PERCENT), proxy -> proxy.cutCommits(0))
              .stream()
              .filter(fault -> fault.target().endsWith(">postgresql"))
              .toList();
      case DISK -> List.of(full(false), full(true));
      case UNSENT -> List.of(unsent("scim-ingest"), unsent("role-applier"));
      case AGAIN -> List.of(again());
    };
  }

  private interface OnPart {
    void does(String part);
  }

  private List<Fault> parts(FaultKind kind, OnPart begin) {
    return PARTS.stream()
        .<Fault>map(part -> new Simple(kind, part, () -> begin.does(part), () -> stack.start(part)))
        .toList();
  }

  private interface OnLink {
    void does(Proxy proxy);
  }

  private List<Fault> links(FaultKind kind, OnLink begin, OnLink end) {
    return links.entrySet().stream()
        .<Fault>map(
            link ->
                new Simple(
                    kind,
                    link.getKey(),
                    () -> begin.does(link.getValue()),
                    () -> end.does(link.getValue())))
        .toList();
  }

  private void slow(Proxy proxy) {
    proxy.become(new Weather.Slow(Duration.ofMillis(20 + random.nextInt(980))));
  }

  /** The server of the database is many processes: the one that makes others stands still first. */
  private Fault pause(String part) {
    List<String> pids = new ArrayList<>();
    return new Simple(
        FaultKind.PAUSE,
        part,
        () -> {
          pids.clear();
          long top = stack.pid(part);
          pids.add("" + top);
          signal("STOP", pids);
          ProcessHandle.of(top).stream()
              .flatMap(ProcessHandle::descendants)
              .forEach(child -> pids.add("" + child.pid()));
          signal("STOP", pids);
        },
        () -> signal("CONT", pids));
  }

  private static void signal(String signal, List<String> pids) throws Exception {
    List<String> command = Stream.concat(Stream.of("kill", "-" + signal), pids.stream()).toList();
    new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }

  private Fault full(boolean killed) {
    return new Simple(
        FaultKind.DISK,
        "audit-sink",
        () -> {
          disk.fill(stack.pid("audit-sink"));
          if (killed) {
            Thread.sleep(1500);
            stack.kill("audit-sink");
          }
        },
        () -> {
          disk.free(stack.pid("audit-sink"));
          stack.start("audit-sink");
        });
  }

  /** What was taken out of an outbox too early is nowhere any more. */
  private Fault unsent(String part) {
    return new Simple(
        FaultKind.UNSENT,
        new TreeSet<>(Set.of("kafka", part)),
        () -> {
          stack.kill("kafka");
          Thread.sleep(1500);
          stack.kill(part);
        },
        () -> {
          stack.start("kafka");
          stack.start(part);
        });
  }

  /** Older states alone: whoever takes them for news has nothing newer behind them to mend it. */
  private Fault again() {
    return new Simple(
        FaultKind.AGAIN,
        "kafka",
        () -> {
          KafkaTopics topics = stack.topics();
          for (String topic : List.of("identity-events", "role-changes")) {
            List<ConsumerRecord<String, byte[]>> records = topics.read(topic);
            Map<String, ConsumerRecord<String, byte[]>> last = new HashMap<>();
            records.forEach(record -> last.put(record.key(), record));
            List<ConsumerRecord<String, byte[]>> old = new ArrayList<>(records);
            old.removeIf(record -> last.get(record.key()) == record);
            Collections.shuffle(old, random);
            topics.writeAgain(old.subList(0, Math.min(MOST_AGAIN, old.size())));
          }
        },
        () -> {});
  }
}
