package io.pgscim.ingest.openapi;

import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.Attributes;
import io.pgscim.scim.schema.Mutability;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.Returned;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** A resource type as JSON Schema, from its SCIM schemas. */
final class ResourceSchema {
  private ResourceSchema() {}

  static Schema of(ResourceType type) {
    Schema schema = object(type.schema().attributes());
    schema.addProperty("schemas", listOf(text()));
    schema.addProperty("id", text().readOnly(true));
    schema.addProperty("externalId", text());
    schema.addProperty(
        "meta", OASFactory.createSchema().type(List.of(SchemaType.OBJECT)).readOnly(true));
    for (ResourceType.Extension extension : type.extensions()) {
      schema.addProperty(extension.schema().id(), object(extension.schema().attributes()));
    }
    return schema.description(type.description());
  }

  static Schema listOf(Schema element) {
    return OASFactory.createSchema().type(List.of(SchemaType.ARRAY)).items(element);
  }

  private static Schema object(Attributes attributes) {
    Schema schema = OASFactory.createSchema().type(List.of(SchemaType.OBJECT));
    for (Attribute attribute : attributes) {
      Schema one = single(attribute);
      schema.addProperty(attribute.name(), attribute.multiValued() ? listOf(one) : one);
      if (attribute.required()) {
        schema.addRequired(attribute.name());
      }
    }
    return schema;
  }

  private static Schema single(Attribute attribute) {
    Schema schema =
        switch (attribute.type()) {
          case COMPLEX -> object(attribute.subAttributes());
          case BOOLEAN -> typed(SchemaType.BOOLEAN);
          case INTEGER -> typed(SchemaType.INTEGER);
          case DECIMAL -> typed(SchemaType.NUMBER);
          case DATE_TIME -> text().format("date-time");
          case BINARY -> text().format("byte");
          case REFERENCE -> text().format("uri-reference");
          case STRING -> text();
        };
    if (attribute.mutability() == Mutability.READ_ONLY) {
      schema.readOnly(true);
    }
    if (attribute.returned() == Returned.NEVER) {
      schema.writeOnly(true);
    }
    return schema;
  }

  private static Schema text() {
    return typed(SchemaType.STRING);
  }

  private static Schema typed(SchemaType type) {
    return OASFactory.createSchema().type(List.of(type));
  }
}
