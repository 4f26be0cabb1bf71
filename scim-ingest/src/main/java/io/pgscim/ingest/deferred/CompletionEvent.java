package io.pgscim.ingest.deferred;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.directory.Ids;
import io.pgscim.ingest.resources.Call;
import java.time.Instant;

/** The claims of the security event that says how an operation ended (RFC 9967 §2.5.1.3). */
public final class CompletionEvent {
  /** What the event is called. */
  public static final String URI = "urn:ietf:params:scim:event:misc:asyncresp";

  private CompletionEvent() {}

  /**
   * @param txn that of the 202, for an operation of a bulk request with its index (§2.5.1.2)
   * @param path what the operation named, relative to the base URL
   * @param result as in a bulk response
   */
  static ObjectNode of(Call call, String txn, String path, ObjectNode result) {
    String location = result.path("location").textValue();
    boolean located = location != null && location.startsWith(call.baseUrl());
    ObjectNode claims = JsonNodeFactory.instance.objectNode();
    claims.put("jti", Ids.next().toString());
    claims.put("iat", Instant.now().getEpochSecond());
    claims.put("iss", call.baseUrl());
    claims.putArray("aud").add(call.cause().actor());
    claims.put("txn", txn);
    claims
        .putObject("sub_id")
        .put("format", "scim")
        .put("uri", located ? location.substring(call.baseUrl().length()) : path);
    claims.putObject("events").set(URI, result);
    return claims;
  }
}
