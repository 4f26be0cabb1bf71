package io.pgscim.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;

/** One operation of a PATCH request, as written (RFC 7644 §3.5.2). A null path is the resource. */
sealed interface PatchOperation {

  PatchPath path();

  JsonNode value();

  /** §3.5.2.1. */
  record Add(PatchPath path, JsonNode value) implements PatchOperation {}

  /**
   * §3.5.2.2.
   *
   * @param value null, or the values to remove and no others, as Entra ID sends it
   */
  record Remove(PatchPath path, JsonNode value) implements PatchOperation {}

  /** §3.5.2.3. */
  record Replace(PatchPath path, JsonNode value) implements PatchOperation {}
}
