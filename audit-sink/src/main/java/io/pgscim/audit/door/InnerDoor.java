package io.pgscim.audit.door;

import io.pgscim.audit.read.Problem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/** Behind {@link Door}: lets in administrators, and nobody else even while none is configured. */
@Provider
@AdministratorsOnly
@Priority(Priorities.AUTHORIZATION)
class InnerDoor implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    if (Administrator.of(request) == null) {
      request.abortWith(
          Problem.answer(
              Response.Status.FORBIDDEN,
              "only an administrator may: send a token whose SHA-256 is in " + Holders.ADMINS));
    }
  }
}
