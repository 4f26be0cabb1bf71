package io.pgscim.audit.read;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer that says what is wrong (RFC 9457). */
public final class Problem {
  private static final MediaType JSON = new MediaType("application", "problem+json");

  private Problem() {}

  static WebApplicationException badRequest(String detail) {
    return new WebApplicationException(answer(Response.Status.BAD_REQUEST, detail));
  }

  static WebApplicationException conflict(String detail) {
    return new WebApplicationException(answer(Response.Status.CONFLICT, detail));
  }

  static WebApplicationException gone(String detail) {
    return new WebApplicationException(answer(Response.Status.GONE, detail));
  }

  static WebApplicationException notFound(String detail) {
    return new WebApplicationException(answer(Response.Status.NOT_FOUND, detail));
  }

  public static Response answer(Response.StatusType status, String detail) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", status.getReasonPhrase());
    problem.put("status", status.getStatusCode());
    problem.put("detail", detail);
    return Response.status(status).type(JSON).entity(problem).build();
  }
}
