package io.pgscim.applier.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.pgscim.applier.policy.PolicyReading.Invalid;
import io.pgscim.applier.policy.PolicyReading.Valid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The reference and the schema of the policy language say what its reader does. */
class PolicyDocumentTest {
  private static final Path ROOT = Path.of(System.getProperty("pgscim.root", ".."));
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode SCHEMA = schema();
  private static final JsonSchema VALIDATOR =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(SCHEMA);

  /** One mistake in each part of the language, so that the reader says what it knows there. */
  private static final String PROBE =
      """
      zzz: 1
      login_roles: { zzz: 1, by_user_type: { a: { zzz: 1 } }, leaver: { zzz: 1 } }
      access_roles: { some: { zzz: 1, grants: [{ zzz: 1 }] } }
      public: [{ zzz: 1 }]
      sensitive: [{ zzz: 1 }]
      rules: [{ zzz: 1, group: { zzz: 1 }, with: { zzz: 1 }, gives: [] }]
      limits: { zzz: 1, revoke_at_most: { zzz: 1 } }
      """;

  private static final Pattern KNOWN =
      Pattern.compile(
          "'zzz' is not known in (?:the |a |an )?(\\w+)(?: role \\w+)?; known are (.*)");

  static List<String> examples() throws IOException {
    Matcher block =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(ROOT.resolve("docs/policy.md")));
    List<String> examples = new ArrayList<>();
    while (block.find()) {
      examples.add(block.group(1));
    }
    return examples;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsAPolicyAndFitsTheSchema(String example) throws IOException {
    byte[] base = bytes(examples().getFirst());
    PolicyReading reading =
        PolicyFile.read(
            "example",
            bytes(example),
            name -> {
              if (!name.equals("base.yaml")) {
                throw new NoSuchFileException(name);
              }
              return base;
            });

    assertThat(reading).as(example).isInstanceOf(Valid.class);
    assertThat(mistakes(example)).isEmpty();
  }

  @Test
  void theSamplePolicyIsAPolicyAndFitsTheSchema() throws IOException {
    String sample = Files.readString(ROOT.resolve("deploy/local/policy.yaml"));

    assertThat(PolicyFile.read("policy.yaml", bytes(sample))).isInstanceOf(Valid.class);
    assertThat(mistakes(sample)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cluster: x",
        "extends: base.yaml\nshoes: 3",
        "extends: base.yaml\nrules: [{ gives: [a] }]",
        "extends: base.yaml\nrules: [{ group: a, gives: [a], for: 8 hours }]",
        "extends: base.yaml\nrules: [{ group: { id: a, externalId: b }, gives: [a] }]",
        "extends: base.yaml\naccess_roles: { a: { grants: [{ database: app, tables: all, privileges: [SELECT] }] } }",
        "extends: base.yaml\npublic: [{ database: app, privileges: [CONNECT] }]",
        "extends: base.yaml\nsensitive: [{ database: app, table: crm.customers, revoke: [SELECT] }]"
      })
  void theSchemaFindsMistakes(String text) {
    assertThat(mistakes(text)).isNotEmpty();
  }

  @Test
  void theReaderAndTheSchemaKnowTheSameKeys() {
    var reading = (Invalid) PolicyFile.read("policy.yaml", bytes(PROBE));
    Map<String, Set<String>> known = new TreeMap<>();
    for (String problem : reading.problems()) {
      Matcher matcher = KNOWN.matcher(problem);
      if (matcher.find()) {
        String part = matcher.group(1).equals("access") ? "access_role" : matcher.group(1);
        known.put(part, new TreeSet<>(List.of(matcher.group(2).split(", "))));
      }
    }

    Map<String, Set<String>> published = new TreeMap<>();
    SCHEMA
        .get("$defs")
        .properties()
        .forEach(
            part -> {
              if (part.getValue().has("properties")) {
                Set<String> keys = new TreeSet<>();
                part.getValue().get("properties").fieldNames().forEachRemaining(keys::add);
                published.put(part.getKey(), keys);
              }
            });
    assertThat(known).isEqualTo(published);
  }

  private static List<String> mistakes(String yaml) {
    JsonNode document = JSON.valueToTree(new Yaml().<Object>load(yaml));
    return VALIDATOR.validate(document).stream().map(Object::toString).toList();
  }

  private static JsonNode schema() {
    try {
      return JSON.readTree(ROOT.resolve("docs/policy.schema.json").toFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
