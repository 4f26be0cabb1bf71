package io.pgscim.ingest.resources;

import io.pgscim.ingest.directory.Stored;
import io.pgscim.scim.ScimException;

/** Entity tags in requests (RFC 7644 §3.14, RFC 9110 §13.1). */
final class Preconditions {
  private Preconditions() {}

  /**
   * Lets a write pass only when the resource is as the client knows it, or is not as it does not
   * want it: then If-None-Match, which spares a read its answer, fails too (RFC 9110 §13.2.2).
   *
   * @throws ScimException 412
   */
  static void write(Call call, Stored stored) {
    read(call, stored);
    if (known(call.ifNoneMatch(), stored)) {
      throw ScimException.of(412, "the resource has the version " + stored.etag());
    }
  }

  /**
   * Lets a read pass only when the resource is as the client knows it.
   *
   * @throws ScimException 412
   */
  static void read(Call call, Stored stored) {
    if (call.ifMatch() != null && !names(call.ifMatch(), stored)) {
      throw ScimException.of(412, "the resource has changed: its version is now " + stored.etag());
    }
  }

  /** Whether the client has this version already. */
  static boolean known(String ifNoneMatch, Stored stored) {
    return ifNoneMatch != null && names(ifNoneMatch, stored);
  }

  /** Weak comparison: SCIM's tags are weak and still used in If-Match. */
  private static boolean names(String header, Stored stored) {
    for (String tag : header.split(",")) {
      String bare = tag.strip();
      String opaque = bare.startsWith("W/") ? bare.substring(2) : bare;
      if (opaque.equals("*") || opaque.equals(stored.etag().substring(2))) {
        return true;
      }
    }
    return false;
  }
}
