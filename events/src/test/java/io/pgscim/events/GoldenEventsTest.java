package io.pgscim.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
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

class GoldenEventsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Path SCHEMAS = Path.of("../docs/events");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant AT = Instant.parse("2026-03-01T09:30:00.123Z");

  static Stream<Map.Entry<String, Event>> samples() {
    return Map.<String, Event>ofEntries(
        Map.entry(
            "UserState",
            new UserState(
                "2819c223",
                "okta",
                3,
                false,
                "Ada.Lovelace@example.com",
                "00ujl29u0le5T6Aj10h7",
                true,
                "Ada Lovelace",
                new UserState.PersonName(null, "Lovelace", "Ada", null, null, null),
                List.of(new UserState.MultiValue("ada@example.com", null, "work", true)),
                "Employee",
                List.of(new UserState.MultiValue("analyst", null, null, null)),
                List.of(),
                new UserState.Enterprise("1815", null, null, null, "Finance", "26118915"),
                Map.of(
                    "urn:pgscim:params:scim:schemas:extension:2.0:User",
                    JSON.createObjectNode().put("githubLogin", "ada")))),
        Map.entry("UserState-deleted", UserState.deleted("2819c223", "okta", 4)),
        Map.entry(
            "GroupState",
            new GroupState("e9e30dba", "okta", 7, false, "pg-production-analytics", "8aa1a0c0")),
        Map.entry("GroupState-deleted", GroupState.deleted("e9e30dba", "okta", 8)),
        Map.entry(
            "MembershipState",
            new MembershipState("e9e30dba", "2819c223", 7, true, AT, AT.plusSeconds(3600))),
        Map.entry("MembershipState-absent", MembershipState.of("e9e30dba", "2819c223", 9, false)),
        Map.entry("SessionsRevoked", new SessionsRevoked("2819c223", "credential compromise", AT)),
        Map.entry(
            "RoleChanged",
            new RoleChanged(
                "production",
                "ada.lovelace@example.com",
                "2819c223",
                new RoleChanged.Change(
                    RoleChanged.Kind.GRANT_MEMBERSHIP,
                    "analytics_read",
                    "make ada.lovelace@example.com a member of analytics_read",
                    "GRANT analytics_read TO \"ada.lovelace@example.com\""))),
        Map.entry(
            "RoleChangeRefused",
            new RoleChangeRefused(
                "production",
                "pg_monitor",
                "2819c223",
                "create the login role pg_monitor",
                "names that begin with pg_ belong to PostgreSQL: choose another login_roles.name",
                null)),
        Map.entry(
            "SessionsTerminated",
            new SessionsTerminated(
                "production",
                "ada.lovelace@example.com",
                "2819c223",
                "primary",
                List.of(4711, 4712),
                "deactivated")),
        Map.entry(
            "RevocationProven",
            new RevocationProven(
                "production",
                "ada.lovelace@example.com",
                "2819c223",
                42,
                List.of("primary", "replica-1:5432"),
                "no login, no membership, no live session")),
        Map.entry(
            "RevocationUnproven",
            new RevocationUnproven(
                "production",
                "ada.lovelace@example.com",
                "2819c223",
                "replica-1:5432",
                "it does not answer")),
        Map.entry(
            "AuthenticationFailed",
            new AuthenticationFailed("scim-ingest", "default", "192.0.2.7", "unknown", 3)),
        Map.entry(
            "CredentialIssued",
            new CredentialIssued(
                "scim-ingest", "okta", "production", "0199f4a2", "token", AT.plusSeconds(3600))),
        Map.entry(
            "CredentialRotated",
            new CredentialRotated(
                "scim-ingest",
                "okta",
                "production",
                "0199f4b7",
                "0199f4a2",
                "token",
                null,
                AT.plusSeconds(3600))),
        Map.entry(
            "CredentialRevoked",
            new CredentialRevoked("scim-ingest", "okta", "production", "0199f4a2", "token")),
        Map.entry(
            "CredentialExpiring",
            new CredentialExpiring(
                "scim-ingest", "okta", "production", "0199f4a2", "secret", AT.plusSeconds(3600))),
        Map.entry(
            "RequestsRefused",
            new RequestsRefused("scim-ingest", "okta", "production", "192.0.2.7", "depth", 120)),
        Map.entry(
            "DeadLettered",
            new DeadLettered(
                "role-applier/production",
                "identity-events",
                3,
                1201,
                "header ce_type is missing")),
        Map.entry(
            "PolicyAccepted",
            new PolicyAccepted("role-applier/production", "production", "9f86d081884c7d65")),
        Map.entry(
            "PolicyRejected",
            new PolicyRejected(
                "role-applier/production",
                "production",
                "60303ae22b998861",
                List.of(
                    "policy.yaml:12: access role `analytics` is not defined under access_roles"))),
        Map.entry(
            "PlanHeld",
            new PlanHeld(
                "role-applier/production", "production", "2c26b46b68ffc68f", 5000, 6120, 1224, 3)),
        Map.entry(
            "DriftReported",
            new DriftReported(
                "role-applier/production",
                "production",
                "2c26b46b68ffc68f",
                6120,
                Map.of("outsider", 1, "too-much", 3),
                true,
                4200)),
        Map.entry(
            "HoldDecided",
            new HoldDecided(
                "role-applier/production",
                "production",
                "2c26b46b68ffc68f",
                HoldDecided.Outcome.APPROVED,
                5000,
                "the group was meant to be emptied: CHG-1812",
                null)),
        Map.entry(
            "HoldDecided-superseded",
            new HoldDecided(
                "role-applier/production",
                "production",
                "2c26b46b68ffc68f",
                HoldDecided.Outcome.SUPERSEDED,
                5000,
                "the plan is another one by now",
                "fcde2b2edba56bf4")))
        .entrySet()
        .stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void writesTheGoldenJson(Map.Entry<String, Event> sample) throws IOException {
    String golden = Files.readString(GOLDEN.resolve(sample.getKey() + ".json")).strip();

    assertThat(new String(EventJson.write(sample.getValue()), StandardCharsets.UTF_8))
        .isEqualTo(golden);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsTheGoldenJson(Map.Entry<String, Event> sample) throws Exception {
    byte[] golden = Files.readAllBytes(GOLDEN.resolve(sample.getKey() + ".json"));

    assertThat(EventJson.read(EventType.of(sample.getValue()), golden))
        .isEqualTo(sample.getValue());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theGoldenJsonSatisfiesItsPublishedSchema(Map.Entry<String, Event> sample)
      throws IOException {
    String type = sample.getKey().replaceFirst("-.*", "");
    var schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(JSON.readTree(SCHEMAS.resolve(type + ".schema.json").toFile()));

    assertThat(schema.validate(JSON.readTree(GOLDEN.resolve(sample.getKey() + ".json").toFile())))
        .isEmpty();
  }

  @Test
  void everyTypeHasASchemaAndEverySchemaRejectsAnEmptyObject() throws IOException {
    for (EventType type : EventType.values()) {
      JsonNode schema =
          JSON.readTree(SCHEMAS.resolve(type.data.getSimpleName() + ".schema.json").toFile());
      assertThat(schema.path("$id").asText()).isEqualTo(type.dataSchema());
      assertThat(
              JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                  .getSchema(schema)
                  .validate(JSON.createObjectNode()))
          .isNotEmpty();
    }
  }

  @Test
  void noGoldenFileAndNoSchemaIsLeftOver() throws IOException {
    var samples =
        samples()
            .map(sample -> sample.getKey() + ".json")
            .collect(Collectors.toCollection(TreeSet::new));
    var types =
        Arrays.stream(EventType.values())
            .map(type -> type.data.getSimpleName() + ".schema.json")
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(names(GOLDEN)).isEqualTo(samples);
    assertThat(names(SCHEMAS)).isEqualTo(types);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void survivesTheWayThroughKafkaHeaders(Map.Entry<String, Event> sample) throws Exception {
    var sent =
        new Envelope(
            UUID.randomUUID(),
            "/scim/v2",
            AT,
            AT.plusMillis(5),
            new Cause(
                "txn-1",
                "default/token-1",
                AT,
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
            sample.getValue());
    Map<String, String> headers = Headers.of(sent);

    Envelope received =
        Headers.read(sent.event().key(), headers::get, EventJson.write(sent.event()));

    assertThat(received).isEqualTo(sent);
  }

  @Test
  void ignoresFieldsItDoesNotKnow() throws Exception {
    byte[] later =
        "{\"groupId\":\"g\",\"userId\":\"u\",\"version\":1,\"present\":true,\"since\":\"1.1\"}"
            .getBytes(StandardCharsets.UTF_8);

    assertThat(EventJson.read(EventType.MEMBERSHIP, later))
        .isEqualTo(MembershipState.of("g", "u", 1, true));
  }

  @Test
  void saysWhatIsWrongWithoutQuotingTheContent() {
    byte[] noUserName =
        "{\"id\":\"u\",\"source\":\"okta\",\"version\":1,\"deleted\":false,\"displayName\":\"Ada\"}"
            .getBytes(StandardCharsets.UTF_8);
    byte[] wrongType =
        "{\"id\":\"u\",\"source\":\"okta\",\"version\":\"Ada\"}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> EventJson.read(EventType.USER, noUserName))
        .isInstanceOf(MalformedEvent.class)
        .hasMessage("userName must be present");
    assertThatThrownBy(() -> EventJson.read(EventType.USER, wrongType))
        .isInstanceOf(MalformedEvent.class)
        .hasMessageNotContaining("Ada");
  }

  @Test
  void aDeletedUserKeepsNothingPersonal() {
    assertThatThrownBy(
            () ->
                new UserState(
                    "u", "okta", 2, true, "ada", null, null, null, null, null, null, null, null,
                    null, null))
        .hasMessage("userName must be absent once deleted");
  }

  @Test
  void rejectsARecordUnderAnotherKey() {
    byte[] data = EventJson.write(MembershipState.of("g", "u", 1, true));
    Map<String, String> headers =
        Headers.of(
            Envelope.of(
                "/scim/v2",
                AT,
                new Cause("t", "a", AT, null),
                MembershipState.of("g", "u", 1, true)));

    assertThatThrownBy(() -> Headers.read("member/g/other", headers::get, data))
        .hasMessage("the record's key is not the key of its event");
  }

  private static TreeSet<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
