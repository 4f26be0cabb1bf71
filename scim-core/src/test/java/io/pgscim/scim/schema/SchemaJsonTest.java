package io.pgscim.scim.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.pgscim.scim.Resources;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7643 §6, §7, §8.7: schemas and resource types as data. */
class SchemaJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user",
        "enterprise-user",
        "pgscim-user",
        "group",
        "service-provider-config",
        "resource-type",
        "schema",
        "common"
      })
  void everySchemaIsShownAsItWasRead(String file) {
    JsonNode json = SchemaFile.read(file);
    Schema schema = SchemaJson.schema(json);

    assertThat(SchemaJson.schema(SchemaJson.json(schema))).isEqualTo(schema);
    assertThat(SchemaJson.json(schema)).isEqualTo(json);
  }

  @Test
  void theUserHasEveryAttributeOfSection41() {
    assertThat(BuiltIn.USER.schema().attributes())
        .extracting(Attribute::name)
        .containsExactly(
            "userName",
            "name",
            "displayName",
            "nickName",
            "profileUrl",
            "title",
            "userType",
            "preferredLanguage",
            "locale",
            "timezone",
            "active",
            "password",
            "emails",
            "phoneNumbers",
            "ims",
            "photos",
            "addresses",
            "groups",
            "entitlements",
            "roles",
            "x509Certificates");
  }

  @Test
  void characteristicsFollowTheRfc() {
    Attribute userName = BuiltIn.USER.attribute("userName");
    assertThat(userName.uniqueness()).isEqualTo(Uniqueness.SERVER);
    assertThat(userName.caseExact()).isFalse();
    assertThat(userName.required()).isTrue();
    assertThat(BuiltIn.USER.attribute("password").returned()).isEqualTo(Returned.NEVER);
    assertThat(BuiltIn.USER.attribute("password").mutability()).isEqualTo(Mutability.WRITE_ONLY);
    assertThat(BuiltIn.USER.attribute("groups").mutability()).isEqualTo(Mutability.READ_ONLY);
    assertThat(BuiltIn.USER.attribute("id").returned()).isEqualTo(Returned.ALWAYS);
    assertThat(BuiltIn.USER.attribute("externalId").caseExact()).isTrue();
    assertThat(BuiltIn.GROUP.attribute("members").sub("value").mutability())
        .isEqualTo(Mutability.IMMUTABLE);
  }

  @Test
  void characteristicsLeftOutHaveTheDefaultsOfSection22() {
    Schema schema =
        SchemaJson.schema(
            Resources.json("{'id': 'urn:x:Thing', 'attributes': [{'name': 'colour'}]}"));

    Attribute colour = schema.attributes().named("COLOUR");
    assertThat(colour.type()).isEqualTo(AttributeType.STRING);
    assertThat(colour.mutability()).isEqualTo(Mutability.READ_WRITE);
    assertThat(colour.returned()).isEqualTo(Returned.DEFAULT);
    assertThat(colour.uniqueness()).isEqualTo(Uniqueness.NONE);
    assertThat(colour.required() || colour.multiValued() || colour.caseExact()).isFalse();
  }

  @Test
  void aResourceTypeIsDataToo() {
    Schema schema =
        SchemaJson.schema(
            Resources.json("{'id': 'urn:x:Thing', 'attributes': [{'name': 'colour'}]}"));
    ResourceType type =
        SchemaJson.resourceType(
            Resources.json("{'name': 'Thing', 'endpoint': '/Things', 'schema': 'urn:x:Thing'}"),
            Map.of(schema.id(), schema));

    assertThat(type.attribute("Colour").name()).isEqualTo("colour");
    assertThat(type.attribute("externalid").name()).isEqualTo("externalId");
    assertThat(SchemaJson.resourceType(SchemaJson.json(type), Map.of(schema.id(), schema)))
        .isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'attributes': []}",
        "{'id': 'nocolon'}",
        "{'id': 'urn:x', 'attributes': [{'name': '1'}]}",
        "{'id': 'urn:x', 'attributes': [{'name': 'a', 'type': 'colour'}]}",
        "{'id': 'urn:x', 'attributes': [{'name': 'a', 'type': 'complex'}]}",
        "{'id': 'urn:x', 'attributes': [{'name': 'a', 'subAttributes': [{'name': 'b'}]}]}",
        "{'id': 'urn:x', 'attributes': [{'name': 'a'}, {'name': 'A'}]}",
      })
  void aBrokenSchemaIsRefusedInWords(String json) {
    assertThatThrownBy(() -> SchemaJson.schema(Resources.json(json)))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotBlank();
  }

  @Test
  void aResourceTypeCannotRedefineCommonAttributes() {
    Schema schema =
        SchemaJson.schema(Resources.json("{'id': 'urn:x:Thing', 'attributes': [{'name': 'ID'}]}"));

    assertThatThrownBy(() -> new ResourceType("Thing", "/Things", "", schema, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("common attribute");
  }
}
