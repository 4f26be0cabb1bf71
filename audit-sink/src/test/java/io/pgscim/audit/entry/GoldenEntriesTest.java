package io.pgscim.audit.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.audit.Samples;
import io.pgscim.events.Cause;
import io.pgscim.events.Envelope;
import io.pgscim.events.EventJson;
import io.pgscim.events.EventType;
import io.pgscim.events.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event of the contract, as its own golden file has it, becomes one golden entry. */
class GoldenEntriesTest {
  private static final Path EVENTS = Path.of("../events/src/test/resources/golden");
  private static final Path ENTRIES = Path.of("src/test/resources/golden");
  private static final Instant AT = Instant.parse("2026-03-01T09:30:00Z");
  private static final UUID ID = UUID.fromString("f81d4fae-7dec-41d0-8765-00a0c91e6bf6");

  private static final String KEY =
      "pgscim.example/audit+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
  private static final String NEXT_KEY =
      "pgscim.example/audit+3218362d+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";

  static Stream<String> events() throws IOException {
    return names(EVENTS).stream();
  }

  @ParameterizedTest
  @MethodSource("events")
  void becomesTheGoldenEntry(String name) throws Exception {
    Line line = Samples.entry(received(name), AT.plusMillis(20));
    if ("write".equals(System.getProperty("pgscim.docs"))) {
      Files.write(ENTRIES.resolve(name), line.bytes());
    }

    assertThat(new String(line.bytes(), StandardCharsets.UTF_8))
        .isEqualTo(Files.readString(ENTRIES.resolve(name)).strip());
  }

  @ParameterizedTest
  @MethodSource("events")
  void isReadBackFromItsBytes(String name) throws Exception {
    Line line = Samples.entry(received(name), AT);

    Line read = Line.read(line.bytes());

    assertThat(read.event()).isEqualTo(ID);
    assertThat(read.from()).isEqualTo(line.from());
  }

  @Test
  void whatTheSinkDidItselfComesFromNoRecordAndHasTheSameIdAgain() throws Exception {
    Line line = Own.rotateKey("pgscim.example/audit", KEY, NEXT_KEY, AT);

    assertThat(new String(line.bytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            Files.readString(Path.of("src/test/resources/golden-own/rotate-key.json")).strip());
    assertThat(Line.read(line.bytes()).from()).isNull();
    assertThat(Own.rotateKey("pgscim.example/audit", KEY, NEXT_KEY, AT.plusSeconds(9)).event())
        .isEqualTo(line.event());
    assertThat(Own.rotateKey("pgscim.example/audit", NEXT_KEY, KEY, AT).event())
        .isNotEqualTo(line.event());
  }

  @Test
  void thatAPersonWasForgottenIsAnEntry() throws Exception {
    Line line = Own.erasePerson(ID, "privacy", "2819c223", true, AT.plusMillis(20));

    assertThat(new String(line.bytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            Files.readString(Path.of("src/test/resources/golden-own/erase-person.json")).strip());
  }

  @Test
  void thatEntriesWerePrunedIsAnEntryWhichSaysWhere() throws Exception {
    var prune =
        new Prune(
            "/var/lib/pgscim/archive",
            0,
            2560,
            Map.of("identity-events/3", 1201L, "role-changes/0", 7L));
    Line line = Own.pruneLog(ID, Own.asked("keeper"), "pgscim.example/audit", prune, AT);

    assertThat(new String(line.bytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            Files.readString(Path.of("src/test/resources/golden-own/prune-log.json")).strip());
    assertThat(Prune.said(line.bytes())).contains(prune);
    assertThat(Prune.said(Own.rotateKey("l", KEY, NEXT_KEY, AT).bytes())).isEmpty();
  }

  @Test
  void everyEventHasAGoldenEntryAndNoneIsLeftOver() throws IOException {
    assertThat(names(ENTRIES)).isEqualTo(names(EVENTS));
  }

  @Test
  void nothingPersonalStandsInTheEntryOfAPerson() throws Exception {
    String entry =
        new String(Samples.entry(received("UserState.json"), AT).bytes(), StandardCharsets.UTF_8);

    assertThat(entry.toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("ada", "lovelace", "00ujl29u0le5t6aj10h7", "finance", "1815");
  }

  @Test
  void whatIsPersonalIsSealedAndTheEntrySaysWhatWas() throws Exception {
    Line line = Samples.entry(received("UserState.json"), AT);

    assertThat(line.sealed().user()).isEqualTo("2819c223");
    assertThat(line.sealed().event()).isEqualTo(line.event());
    assertThat(
            new StringBuilder(new String(line.sealed().bytes(), StandardCharsets.UTF_8)).reverse())
        .contains("Ada.Lovelace@example.com", "00ujl29u0le5T6Aj10h7");
    assertThat(new String(line.bytes(), StandardCharsets.UTF_8))
        .contains("\"personal\":\"" + Digest.hex(line.sealed().bytes()) + "\"");
    assertThat(Samples.entry(received("UserState-deleted.json"), AT).sealed()).isNull();
  }

  private static Received received(String name) throws Exception {
    String type = name.replaceFirst("[-.].*", "");
    EventType of =
        Arrays.stream(EventType.values())
            .filter(one -> one.data.getSimpleName().equals(type))
            .findFirst()
            .orElseThrow();
    byte[] json = Files.readAllBytes(EVENTS.resolve(name));
    var event = EventJson.read(of, json);
    var envelope =
        new Envelope(
            ID,
            "/scim/v2/okta",
            AT.plusMillis(5),
            AT.plusMillis(9),
            new Cause(
                "t-1",
                "okta/token-1",
                AT,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
            event);
    return new Received(
        new Position(of.topic.topicName, 3, 1201),
        AT.plusMillis(10),
        event.key(),
        Map.copyOf(Headers.of(envelope)),
        EventJson.write(event));
  }

  private static TreeSet<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      return all.stream()
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
