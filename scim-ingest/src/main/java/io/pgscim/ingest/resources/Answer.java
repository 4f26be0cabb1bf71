package io.pgscim.ingest.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a request is answered with.
 *
 * @param body null for none
 * @param location the URL of the resource in question, or null
 * @param etag its entity tag, or null
 */
public record Answer(int status, ObjectNode body, String location, String etag) {

  /** The id of the resource in question. */
  public String id() {
    return location.substring(location.lastIndexOf('/') + 1);
  }

  /** A body alone. */
  public static Answer ok(ObjectNode body) {
    return new Answer(200, body, null, null);
  }

  /** Nothing to say. */
  public static Answer noContent() {
    return new Answer(204, null, null, null);
  }
}
