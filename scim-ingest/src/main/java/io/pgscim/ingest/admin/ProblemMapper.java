package io.pgscim.ingest.admin;

import io.pgscim.ingest.clients.ClientRefusal;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Gives every failure the one shape of {@link Problem}, and nothing of its inside. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

  @Override
  public Response toResponse(Throwable failure) {
    return switch (failure) {
      case ClientRefusal refusal -> Problem.answer(status(refusal.reason()), refusal.getMessage());
      case WebApplicationException answered -> {
        Response response = answered.getResponse();
        yield response.hasEntity()
            ? response
            : Problem.answer(response.getStatus(), detail(response.getStatus()));
      }
      default -> {
        String id = UUID.randomUUID().toString();
        LOG.errorf("admin request failed id=%s reason=%s", id, failure.getClass().getSimpleName());
        yield Problem.answer(500, "internal error, logged under " + id);
      }
    };
  }

  private static int status(ClientRefusal.Reason reason) {
    return switch (reason) {
      case INVALID -> 400;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
    };
  }

  private static String detail(int status) {
    return switch (status) {
      case 400 -> "the body is not what /q/openapi says";
      case 404 -> "there is nothing here; see /q/openapi";
      case 405 -> "this path has other methods; see /q/openapi";
      case 415 -> "the body must be application/json";
      default -> "the request cannot be served";
    };
  }
}
