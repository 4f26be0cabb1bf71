package io.pgscim.audit.read;

import io.pgscim.audit.entry.NotKept;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.jboss.logging.Logger;

/** Gives every failure the one shape of {@link Problem}, and nothing of its inside. */
@Provider
public class ProblemMapper implements ExceptionMapper<Exception> {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

  @Override
  public Response toResponse(Exception failure) {
    if (failure instanceof WebApplicationException answered) {
      Response response = answered.getResponse();
      return response.hasEntity()
          ? response
          : Problem.answer(response.getStatusInfo(), detail(response.getStatus()));
    }
    if (failure instanceof NotKept pruned) {
      return Problem.answer(Response.Status.GONE, pruned.getMessage());
    }
    LOG.error("a request failed", failure);
    return Problem.answer(
        Response.Status.INTERNAL_SERVER_ERROR,
        "the log could not be read; the service's own log says why");
  }

  private static String detail(int status) {
    return switch (status) {
      case 404 -> "there is nothing here: try /entries";
      case 405 -> "this is only read: use GET";
      case 406 -> "this is application/json";
      default -> "the request cannot be answered";
    };
  }
}
