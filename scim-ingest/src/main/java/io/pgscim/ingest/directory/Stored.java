package io.pgscim.ingest.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.schema.ResourceType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A resource as it is in the directory.
 *
 * @param document what the client set; never changed in place
 * @param links its groups or its members; null when they were not asked for
 */
public record Stored(
    UUID id,
    String source,
    ResourceType type,
    long version,
    Instant created,
    Instant modified,
    ObjectNode document,
    List<Link> links) {

  /**
   * One end of a membership.
   *
   * @param display the name of the resource there, as it is spelled
   * @param nested of a group's members: whether it is a group; of a user's groups: whether it is
   *     held only through a group in it
   */
  public record Link(UUID id, String display, boolean nested) {}

  /** The next version of it. */
  Stored changed(Instant at, ObjectNode newDocument) {
    return new Stored(id, source, type, version + 1, created, at, newDocument, links);
  }

  /** The entity tag (RFC 7644 §3.14). */
  public String etag() {
    return "W/\"" + version + "\"";
  }
}
