package io.pgscim.ingest.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.filter.ComparableForm;
import io.pgscim.scim.resource.Tolerance;
import io.pgscim.scim.resource.Values;
import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.Attributes;
import io.pgscim.scim.schema.ResourceType;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Keeps the rows as the schemas have them. What is indexed, and in which form, follows from the
 * schema; when that has changed, the rows of the type are made again before anything is served, in
 * one transaction. Documents stay as they are.
 */
@ApplicationScoped
public class Reindexing {
  private static final Logger LOG = Logger.getLogger(Reindexing.class);
  private static final String REINDEX = Sql.read("reindex");
  private static final int AT_ONCE = 500;

  /** One instance at a time. */
  private static final long LOCK = 0x7067736369740001L;

  private final DataSource database;

  public Reindexing(DataSource database) {
    this.database = database;
  }

  /**
   * Makes the rows of each type what the type says.
   *
   * @throws IllegalStateException naming type and attribute when what is stored does not fit
   */
  public void follow(List<ResourceType> types) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      execute(connection, "SELECT pg_advisory_xact_lock(?)", LOCK);
      for (ResourceType type : types) {
        String definition = definition(type);
        if (!definition.equals(known(connection, type))) {
          int resources = reindex(connection, type);
          execute(
              connection,
              "INSERT INTO scim.resource_type (name, definition) VALUES (?, ?)"
                  + " ON CONFLICT (name) DO UPDATE SET definition = excluded.definition",
              type.name(),
              definition);
          LOG.infof("resource type indexed type=%s resources=%d", type.name(), resources);
        }
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("the directory cannot be indexed: " + e.getMessage(), e);
    }
  }

  private static int reindex(Connection connection, ResourceType type) throws SQLException {
    execute(connection, "DELETE FROM scim.unique_value WHERE type = ?", type.name());
    // A name of the former kind must not stand in the way of one of the new kind.
    execute(connection, "UPDATE scim.resource SET name = NULL WHERE type = ?", type.name());
    int resources = 0;
    try (PreparedStatement all =
            connection.prepareStatement(
                "SELECT id, source, document::text FROM scim.resource WHERE type = ? ORDER BY id");
        PreparedStatement row = connection.prepareStatement(REINDEX);
        PreparedStatement claims =
            connection.prepareStatement(
                "INSERT INTO scim.unique_value (attribute, value, source, type, resource_id)"
                    + " VALUES (?, ?, ?, ?, ?)")) {
      all.setString(1, type.name());
      all.setFetchSize(AT_ONCE);
      ResultSet each = all.executeQuery();
      while (each.next()) {
        UUID id = each.getObject(1, UUID.class);
        ObjectNode document = Rows.document(each.getString(3));
        try {
          checkFits(type, document);
          add(row, type, id, document);
          add(claims, type, id, each.getString(2), document);
        } catch (ScimException e) {
          throw unfit(
              type, "resource " + id + " does not fit its schema any more: " + e.getMessage());
        }
        if (++resources % AT_ONCE == 0) {
          row.executeBatch();
          claims.executeBatch();
        }
      }
      row.executeBatch();
      claims.executeBatch();
    } catch (SQLException e) {
      if ("23505".equals(e.getSQLState())) {
        throw unfit(type, "two resources have the same value of an attribute that is now unique");
      }
      throw e;
    }
    return resources;
  }

  /** Every value is still one of its attribute's type; what is not there is the next write's. */
  private static void checkFits(ResourceType type, ObjectNode document) {
    checkFits(type.schema().attributes(), document);
    type.extensions()
        .forEach(
            extension ->
                checkFits(extension.schema().attributes(), document.path(extension.schema().id())));
  }

  private static void checkFits(Attributes attributes, JsonNode document) {
    Values values = new Values(Tolerance.LENIENT);
    for (Attribute attribute : attributes) {
      values.whole(attribute, document.path(attribute.name()), attribute.name());
    }
  }

  private static void add(PreparedStatement row, ResourceType type, UUID id, ObjectNode document)
      throws SQLException {
    ObjectNode comparable = ComparableForm.of(type, document);
    KeyAttribute key = KeyAttribute.of(type);
    row.setString(1, key.of(comparable));
    row.setBoolean(2, key.unique());
    row.setString(3, comparable.toString());
    row.setObject(4, id);
    row.addBatch();
  }

  private static void add(
      PreparedStatement claims, ResourceType type, UUID id, String source, ObjectNode document)
      throws SQLException {
    for (Claims.Claim claim : Claims.of(type, document).all()) {
      claims.setString(1, claim.attribute());
      claims.setString(2, claim.value());
      claims.setString(3, source);
      claims.setString(4, type.name());
      claims.setObject(5, id);
      claims.addBatch();
    }
  }

  private static IllegalStateException unfit(ResourceType type, String what) {
    return new IllegalStateException(
        "resource type "
            + type.name()
            + ": "
            + what
            + "; start with the former schema, correct it there, then change the schema.");
  }

  /** What the rows depend on, a line for each attribute. */
  static String definition(ResourceType type) {
    StringBuilder text = new StringBuilder();
    lines(text, "", type.schema().attributes());
    type.extensions()
        .forEach(
            extension ->
                lines(text, extension.schema().id() + ":", extension.schema().attributes()));
    return text.toString();
  }

  private static void lines(StringBuilder text, String prefix, Attributes attributes) {
    for (Attribute attribute : attributes) {
      text.append(prefix).append(attribute.name());
      text.append(' ').append(attribute.type().keyword);
      text.append(attribute.multiValued() ? " multiValued" : "");
      text.append(attribute.caseExact() ? " caseExact" : "");
      text.append(attribute.kept() ? " " : " not kept ");
      text.append(attribute.uniqueness().keyword).append('\n');
      lines(text, prefix + attribute.name() + ".", attribute.subAttributes());
    }
  }

  private static String known(Connection connection, ResourceType type) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT definition FROM scim.resource_type WHERE name = ?")) {
      statement.setString(1, type.name());
      ResultSet row = statement.executeQuery();
      return row.next() ? row.getString(1) : null;
    }
  }

  private static void execute(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.execute();
    }
  }
}
