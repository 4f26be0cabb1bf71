package io.pgscim.ingest.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.Source;
import io.pgscim.ingest.directory.Stored.Link;
import io.pgscim.scim.filter.ComparableForm;
import io.pgscim.scim.schema.ResourceType;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Rows become resources, and resources the parameters of rows. */
final class Rows {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private Rows() {}

  /** The first resource; null when there is none. */
  static Stored first(RowSet<Row> rows, Source source, ResourceType type) {
    return rows.size() == 0 ? null : stored(rows.iterator().next(), source, type);
  }

  static Stored stored(Row row, Source source, ResourceType type) {
    return stored(row, source, type, links(row));
  }

  /** A resource whose memberships were not asked for. */
  static Stored bare(Row row, Source source, ResourceType type) {
    return stored(row, source, type, null);
  }

  private static Stored stored(Row row, Source source, ResourceType type, List<Link> links) {
    return new Stored(
        row.getUUID("id"),
        source.name(),
        type,
        row.getLong("version"),
        row.getOffsetDateTime("created").toInstant(),
        row.getOffsetDateTime("modified").toInstant(),
        document(row.getString("document")),
        links);
  }

  /** The memberships read with a resource. */
  static List<Link> links(Row row) {
    List<Link> links = new ArrayList<>();
    addLinks(links, row, "", false);
    addLinks(links, row, "nested_", true);
    return links;
  }

  private static void addLinks(List<Link> links, Row row, String prefix, boolean nested) {
    UUID[] ids = row.getArrayOfUUIDs(prefix + "ids");
    String[] displays = row.getArrayOfStrings(prefix + "displays");
    for (int i = 0; ids != null && i < ids.length; i++) {
      links.add(new Link(ids[i], displays[i], nested));
    }
  }

  /** What follows the outbox's parameters in {@code insert.sql}. */
  static Tuple inserted(Tuple parameters, Stored stored) {
    ObjectNode comparable = ComparableForm.of(stored.type(), stored.document());
    KeyAttribute key = KeyAttribute.of(stored.type());
    return parameters
        .addUUID(stored.id())
        .addString(stored.source())
        .addString(stored.type().name())
        .addOffsetDateTime(at(stored.created()))
        .addString(key.of(comparable))
        .addBoolean(key.unique())
        .addString(stored.document().path("externalId").textValue())
        .addString(stored.document().toString())
        .addString(comparable.toString());
  }

  /** What follows the outbox's parameters in {@code update.sql}. */
  static Tuple updated(Tuple parameters, Stored stored) {
    ObjectNode comparable = ComparableForm.of(stored.type(), stored.document());
    return touched(parameters, stored)
        .addString(KeyAttribute.of(stored.type()).of(comparable))
        .addString(stored.document().path("externalId").textValue())
        .addString(stored.document().toString())
        .addString(comparable.toString());
  }

  /** What follows the outbox's parameters in {@code touch.sql}. */
  static Tuple touched(Tuple parameters, Stored stored) {
    return parameters
        .addUUID(stored.id())
        .addLong(stored.version())
        .addOffsetDateTime(at(stored.modified()));
  }

  static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static ObjectNode document(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a document in the directory is JSON", e);
    }
  }
}
