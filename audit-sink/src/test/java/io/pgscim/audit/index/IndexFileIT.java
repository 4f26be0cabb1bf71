package io.pgscim.audit.index;

import static io.pgscim.audit.Samples.line;
import static io.pgscim.audit.Samples.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.audit.MemoryLog;
import io.pgscim.audit.entry.Entry;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.entry.Outcome;
import io.pgscim.audit.entry.When;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexFileIT {
  @TempDir Path folder;
  private final MemoryLog log = new MemoryLog();

  @Test
  void findsEventsAcrossRestarts() throws Exception {
    log.append(lines(0, 500));
    try (var index = new WrittenIndex(folder)) {
      index.follow(log);
    }
    log.append(lines(500, 600));
    try (var index = new WrittenIndex(folder)) {
      assertThat(index.size()).isEqualTo(500);
      index.follow(log);

      assertThat(index.find(List.of(line(3).event(), line(599).event(), line(600).event())))
          .containsOnly(
              Map.entry(line(3).event(), List.of(3L)), Map.entry(line(599).event(), List.of(599L)));
    }
  }

  /** Every answer is compared with what looking at each entry gives; the clock jumps about. */
  @Test
  void findsExactlyWhatLookingAtEveryEntryFinds() throws Exception {
    var random = new Random(1);
    List<Entry> entries = new ArrayList<>();
    long clock = 1_000_000;
    for (int i = 0; i < 3000; i++) {
      clock += random.nextInt(50) == 0 ? -random.nextInt(5000) : random.nextInt(40);
      entries.add(entry(i, random, Instant.ofEpochMilli(clock)));
    }
    log.append(
        entries.stream()
            .map(entry -> new Line(entry.event(), null, entry.bytes(), null, null))
            .toList());
    try (var index = new WrittenIndex(folder)) {
      index.follow(log);
      for (int i = 0; i < 500; i++) {
        Lookup lookup = lookup(random, clock);
        assertThat(index.find(lookup)).as("%s", lookup).isEqualTo(found(lookup, entries));
      }
    }
  }

  @Test
  void refusesWhatNobodyIsFoundBy() {
    assertThatThrownBy(() -> Lookup.of("email", "x", 1)).hasMessage("nothing is found by email");
    assertThatThrownBy(() -> Lookup.of("user", "x", 0)).hasMessage("a limit of 0");
  }

  private static Entry entry(int i, Random random, Instant logged) {
    return new Entry(
        new UUID(5, i),
        "okta/" + random.nextInt(3),
        random.nextBoolean() ? "add-member" : "remove-member",
        Map.of("user", "u" + random.nextInt(20), "group", "g" + random.nextInt(4)),
        new When(null, logged, null, logged),
        Outcome.RECORDED,
        "t" + i / 5,
        null,
        null,
        null,
        null,
        Map.of());
  }

  private static Lookup lookup(Random random, long end) {
    var fields = new TreeMap<String, String>();
    if (random.nextBoolean()) {
      fields.put("user", "u" + random.nextInt(22));
    }
    if (random.nextBoolean()) {
      fields.put("what", "add-member");
    }
    if (random.nextInt(3) == 0) {
      fields.put("group", "g" + random.nextInt(4));
    }
    return new Lookup(
        fields,
        random.nextBoolean() ? null : Instant.ofEpochMilli(random.nextLong(900_000, end)),
        random.nextBoolean() ? null : Instant.ofEpochMilli(random.nextLong(900_000, end + 5000)),
        random.nextBoolean(),
        random.nextBoolean() ? null : random.nextLong(3000),
        1 + random.nextInt(300));
  }

  private static List<Long> found(Lookup lookup, List<Entry> entries) {
    List<Long> matching =
        IntStream.range(0, entries.size())
            .filter(i -> matches(lookup, i, entries.get(i)))
            .mapToObj(i -> (long) i)
            .toList();
    matching = lookup.newestFirst() ? matching.reversed() : matching;
    return matching.subList(0, Math.min(lookup.limit(), matching.size()));
  }

  private static boolean matches(Lookup lookup, int index, Entry entry) {
    Instant logged = entry.when().logged();
    boolean beyond =
        lookup.beyond() == null
            || (lookup.newestFirst() ? index < lookup.beyond() : index > lookup.beyond());
    return beyond
        && (lookup.from() == null || !logged.isBefore(lookup.from()))
        && (lookup.before() == null || logged.isBefore(lookup.before()))
        && lookup.fields().entrySet().stream()
            .allMatch(
                field ->
                    field
                        .getValue()
                        .equals(
                            field.getKey().equals("what")
                                ? entry.what()
                                : entry.which().get(field.getKey())));
  }
}
