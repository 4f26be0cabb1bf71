package io.pgscim.scim.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * RFC 7643 §8.7: the built-in schemas beside the RFC's own, attribute by attribute and
 * characteristic by characteristic. Where they differ, the RFC contradicts itself, and the reason
 * stands here.
 */
class Rfc7643SchemasTest {
  private static final List<String> CHARACTERISTICS =
      List.of(
          "type",
          "multiValued",
          "required",
          "caseExact",
          "mutability",
          "returned",
          "uniqueness",
          "canonicalValues",
          "referenceTypes");

  private static final String REFERENCE = "references and binaries are caseExact (§2.3.6, §2.3.7)";
  private static final String ID = "ids are caseExact (§3.1)";
  private static final String KEYWORD = "keywords and names of types are compared exactly";
  private static final String TEXT = "a description is text that nobody compares exactly";

  /** Schema, attribute and characteristic that differ, and why. */
  private static final Map<String, String> EXPLAINED =
      Map.ofEntries(
          Map.entry("User profileUrl caseExact", REFERENCE),
          Map.entry("User photos.value caseExact", REFERENCE),
          Map.entry("User x509Certificates.value caseExact", REFERENCE),
          Map.entry("User groups.$ref caseExact", REFERENCE),
          Map.entry("User groups.value caseExact", ID),
          Map.entry("User password caseExact", "a password's case counts"),
          Map.entry("User ims.type canonicalValues", "§4.1.2 has \"other\" too"),
          Map.entry("User addresses.primary", "every multi-valued attribute may have it (§2.4)"),
          Map.entry("EnterpriseUser manager.value caseExact", ID),
          Map.entry("EnterpriseUser manager.$ref caseExact", REFERENCE),
          Map.entry("Group displayName required", "§4.2 says REQUIRED"),
          Map.entry("Group members.value caseExact", ID),
          Map.entry("Group members.$ref caseExact", REFERENCE),
          Map.entry("Group members.display", "every multi-valued attribute may have it (§2.4)"),
          Map.entry("ServiceProviderConfig documentationUri caseExact", REFERENCE),
          Map.entry("ServiceProviderConfig authenticationSchemes.specUri caseExact", REFERENCE),
          Map.entry(
              "ServiceProviderConfig authenticationSchemes.documentationUri caseExact", REFERENCE),
          Map.entry("ServiceProviderConfig etag", "§5 has it"),
          Map.entry("ServiceProviderConfig etag.supported", "§5 has it"),
          Map.entry("ServiceProviderConfig authenticationSchemes.type", "§5 has it"),
          Map.entry("ServiceProviderConfig authenticationSchemes.primary", "§8.5 shows it"),
          Map.entry("ResourceType id caseExact", ID),
          Map.entry("ResourceType id returned", "an id is always returned (§3.1)"),
          Map.entry("ResourceType name caseExact", KEYWORD),
          Map.entry("ResourceType endpoint caseExact", REFERENCE),
          Map.entry("ResourceType schemaExtensions multiValued", "§6 and §8.6 have an array"),
          Map.entry("ResourceType schemaExtensions required", "§6 says OPTIONAL"),
          Map.entry("Schema id caseExact", ID),
          Map.entry("Schema id returned", "an id is always returned (§7)"),
          Map.entry("Schema id uniqueness", "two schemas have two URIs (§7)"),
          Map.entry("Schema name caseExact", KEYWORD),
          Map.entry("Schema attributes.type caseExact", KEYWORD),
          Map.entry("Schema attributes.type canonicalValues", "§2.3 has binary too"),
          Map.entry("Schema attributes.description caseExact", TEXT),
          Map.entry("Schema attributes.subAttributes.type caseExact", KEYWORD),
          Map.entry("Schema attributes.subAttributes.type canonicalValues", "§2.3 has binary too"),
          Map.entry("Schema attributes.subAttributes.description caseExact", TEXT),
          Map.entry("Schema attributes.subAttributes.referenceTypes multiValued", "§7: an array"));

  @Test
  void everyAttributeHasTheCharacteristicsOfTheRfcOrAReason() throws IOException {
    Map<String, List<String>> theirs = theirs();
    Map<String, List<String>> ours = ours();

    List<String> differences = new ArrayList<>();
    ours.keySet().stream().filter(name -> !theirs.containsKey(name)).forEach(differences::add);
    theirs.forEach(
        (name, characteristics) -> {
          assertThat(ours).containsKey(name);
          for (int i = 0; i < characteristics.size(); i++) {
            if (!characteristics.get(i).equals(ours.get(name).get(i))) {
              differences.add(name + " " + CHARACTERISTICS.get(i));
            }
          }
        });

    assertThat(theirs).hasSize(134);
    assertThat(differences).containsExactlyInAnyOrderElementsOf(EXPLAINED.keySet());
  }

  private static Map<String, List<String>> theirs() throws IOException {
    Map<String, List<String>> all = new TreeMap<>();
    try (InputStream in =
        Rfc7643SchemasTest.class.getResourceAsStream("/rfc7643/section-8.7.tsv")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> List.of(line.split("\t")))
          .forEach(
              row ->
                  all.put(schemaName(row.get(0)) + " " + row.get(1), row.subList(2, row.size())));
    }
    return all;
  }

  private static String schemaName(String uri) {
    return BuiltIn.schemas().get(uri).name();
  }

  private static Map<String, List<String>> ours() {
    Map<String, List<String>> all = new TreeMap<>();
    BuiltIn.schemas().values().stream()
        .filter(schema -> schema.id().startsWith("urn:ietf:"))
        .forEach(schema -> put(all, schema.name() + " ", schema.attributes()));
    return all;
  }

  private static void put(Map<String, List<String>> all, String prefix, Attributes attributes) {
    for (Attribute attribute : attributes) {
      all.put(
          prefix + attribute.name(),
          List.of(
              attribute.type().keyword,
              Boolean.toString(attribute.multiValued()),
              Boolean.toString(attribute.required()),
              Boolean.toString(attribute.caseExact()),
              attribute.mutability().keyword,
              attribute.returned().keyword,
              attribute.uniqueness().keyword,
              listed(attribute.canonicalValues()),
              listed(attribute.referenceTypes())));
      put(all, prefix + attribute.name() + ".", attribute.subAttributes());
    }
  }

  private static String listed(List<String> values) {
    return values.isEmpty() ? "-" : String.join(",", values);
  }
}
