package io.pgscim.ingest.admin;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** JSON that is not what was asked for; takes the place of the framework's own mapper. */
@Provider
public class UnreadableBody implements ExceptionMapper<MismatchedInputException> {

  @Override
  public Response toResponse(MismatchedInputException failure) {
    return Problem.answer(400, "the body is not what /q/openapi says");
  }
}
