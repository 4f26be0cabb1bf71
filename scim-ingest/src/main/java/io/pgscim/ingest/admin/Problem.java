package io.pgscim.ingest.admin;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Why a request was not served (RFC 9457).
 *
 * @param title the status in words
 * @param detail what to do about it
 */
public record Problem(String type, String title, int status, String detail) {
  private static final MediaType JSON = new MediaType("application", "problem+json");

  static Response answer(int status, String detail) {
    Response.StatusType known = Response.Status.fromStatusCode(status);
    String title = known == null ? "Error" : known.getReasonPhrase();
    return Response.status(status)
        .type(JSON)
        .entity(new Problem("about:blank", title, status, detail))
        .build();
  }
}
