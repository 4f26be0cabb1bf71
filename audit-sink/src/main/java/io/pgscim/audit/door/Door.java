package io.pgscim.audit.door;

import io.pgscim.audit.read.Problem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import java.util.Set;

/**
 * Lets in who holds a token. {@code checkpoint} and {@code vkey} are for everybody: they say
 * nothing of anybody, and the more people keep an old checkpoint, the better.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
class Door implements ContainerRequestFilter {
  private static final Set<String> PUBLIC = Set.of("/checkpoint", "/vkey");

  private final Holders holders;

  Door(Holders holders) {
    this.holders = holders;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    if (PUBLIC.contains(path)) {
      return;
    }
    String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    Optional<String> admin = holders.administrator(authorization);
    if (admin.isPresent()) {
      request.setProperty(Administrator.PROPERTY, admin.get());
    } else if (!holders.none() && holders.reader(authorization).isEmpty()) {
      request.abortWith(unauthorized());
    }
  }

  private static Response unauthorized() {
    return Response.fromResponse(
            Problem.answer(
                Response.Status.UNAUTHORIZED,
                "send Authorization: Bearer with a token whose SHA-256 is in " + Holders.READERS))
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"audit-sink\"")
        .build();
  }
}
