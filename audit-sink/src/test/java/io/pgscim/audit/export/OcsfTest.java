package io.pgscim.audit.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Hash;
import io.pgscim.events.RoleChanged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of entry becomes an event that the published schema accepts. */
class OcsfTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ENTRIES = Path.of("src/test/resources/golden");
  private static final Ocsf OCSF =
      new Ocsf(new Checkpoint("pgscim.example/audit", 20, Hash.leaf(new byte[1])));
  private static final Map<OcsfClass, JsonSchema> SCHEMAS =
      Arrays.stream(OcsfClass.values()).collect(Collectors.toMap(one -> one, OcsfTest::schema));

  static Stream<Path> entries() throws IOException {
    try (Stream<Path> files = Files.list(ENTRIES)) {
      return files.toList().stream();
    }
  }

  /** Each kind of change, to a person's role and to an access role. */
  static Stream<String> changes() {
    return Arrays.stream(RoleChanged.Kind.values())
        .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .flatMap(what -> Stream.of(change(what, true), change(what, false)));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void everyGoldenEntryIsAValidEvent(Path file) throws Exception {
    valid(Files.readString(file).strip());
  }

  @ParameterizedTest
  @MethodSource("changes")
  void everyKindOfChangeIsAValidEvent(String entry) throws Exception {
    valid(entry);
  }

  @Test
  void whatNoClassFitsIsNotLeftOut() throws Exception {
    JsonNode event = valid(change("something-new", true));

    assertThat(event.path("class_uid").asInt()).isZero();
    assertThat(event.path("activity_name").asText()).isEqualTo("something-new");
  }

  @ParameterizedTest
  @CsvSource({
    "RoleChanged, 300603",
    "UserState, 300199",
    "UserState-deleted, 300106",
    "GroupState, 300699",
    "MembershipState, 300603",
    "MembershipState-absent, 300604",
    "AuthenticationFailed, 300201",
    "SessionsTerminated, 300202",
    "CredentialIssued, 300401",
    "PlanHeld, 300499",
    "RevocationProven, 99",
    "SessionsRevoked, 99",
    "DriftReported, 99",
    "DeadLettered, 99",
    "RequestsRefused, 99"
  })
  void eachEntryHasOneClass(String name, long typeUid) throws Exception {
    JsonNode event = valid(Files.readString(ENTRIES.resolve(name + ".json")).strip());

    assertThat(event.path("type_uid").asLong()).isEqualTo(typeUid);
  }

  @Test
  void privilegesAreThoseOfTheStatement() throws Exception {
    JsonNode event = valid(change("grant-privilege", true));

    assertThat(event.path("type_uid").asLong()).isEqualTo(300501);
    assertThat(event.path("privileges").toString()).isEqualTo("[\"SELECT\",\"INSERT\"]");
    assertThat(event.path("resource").path("name").asText()).isEqualTo("sales.orders");
  }

  @Test
  void theWayBackToTheLogStandsInIt() throws Exception {
    String entry = Files.readString(ENTRIES.resolve("RoleChanged.json")).strip();
    JsonNode event = valid(entry);

    assertThat(event.path("raw_data").asText()).isEqualTo(entry);
    assertThat(event.path("metadata").path("uid").asText())
        .isEqualTo("f81d4fae-7dec-41d0-8765-00a0c91e6bf6");
    assertThat(event.path("metadata").path("log_name").asText()).isEqualTo("pgscim.example/audit");
    assertThat(event.path("unmapped").path("index").asInt()).isEqualTo(7);
    assertThat(event.path("unmapped").path("root").asText())
        .isEqualTo(OCSF.signed().root().base64());
  }

  /** The schema that is tested against does refuse. */
  @Test
  void anEventThatLacksSomethingIsRefused() throws Exception {
    ObjectNode event =
        (ObjectNode) valid(Files.readString(ENTRIES.resolve("RoleChanged.json")).strip());
    event.remove("group");
    event.put("severity_id", 7);
    event.put("invented", true);

    assertThat(SCHEMAS.get(OcsfClass.GROUP_MANAGEMENT).validate(event)).hasSize(3);
  }

  private static JsonNode valid(String entry) throws IOException {
    JsonNode event = JSON.readTree(OCSF.entry(7, entry.getBytes(StandardCharsets.UTF_8)));
    OcsfClass ofClass =
        Arrays.stream(OcsfClass.values())
            .filter(one -> one.uid == event.path("class_uid").asInt())
            .findFirst()
            .orElseThrow();
    assertThat(SCHEMAS.get(ofClass).validate(event)).as("%s", event).isEmpty();
    return event;
  }

  private static String change(String what, boolean person) {
    return "{\"details\":{\"description\":\"d\",\"sql\":\"GRANT SELECT, INSERT ON sales.orders TO r\"},"
        + "\"event\":\"f81d4fae-7dec-41d0-8765-00a0c91e6bf6\",\"form\":1,\"outcome\":\"applied\",\"what\":\""
        + what
        + "\",\"when\":{\"happened\":\"2026-03-01T09:30:00Z\",\"logged\":\"2026-03-01T09:30:00Z\"},"
        + "\"which\":{\"cluster\":\"c\",\"object\":\"sales.orders\",\"role\":\"r\""
        + (person ? ",\"user\":\"u\"" : "")
        + "},\"who\":\"policy\"}";
  }

  private static JsonSchema schema(OcsfClass ofClass) {
    try {
      ObjectNode schema =
          (ObjectNode)
              JSON.readTree(Files.readString(Path.of("src/test/resources/ocsf-1.8.0.json")));
      schema.put("$ref", "#/$defs/" + ofClass.name().toLowerCase(Locale.ROOT));
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
