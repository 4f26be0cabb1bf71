package io.pgscim.applier;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Lets in who holds a token; while there is none, everybody who reaches the port. */
@Provider
class AdminFilter implements ContainerRequestFilter {
  /** Property of the request: the name of who sends it; none where nobody has a token. */
  static final String NAME = "pgscim.admin";

  private static final Logger LOG = Logger.getLogger(AdminFilter.class);

  private final Admins admins;

  AdminFilter(Admins admins) {
    this.admins = admins;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (admins.none()) {
      return;
    }
    Optional<String> name = admins.named(request.getHeaderString(HttpHeaders.AUTHORIZATION));
    if (name.isPresent()) {
      request.setProperty(NAME, name.get());
    } else {
      LOG.warnf("turned away path=/%s", request.getUriInfo().getPath().replaceFirst("^/", ""));
      request.abortWith(
          Response.status(Response.Status.UNAUTHORIZED)
              .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"role-applier\"")
              .entity(
                  Map.of(
                      "detail",
                      "send Authorization: Bearer with a token whose SHA-256 is in"
                          + " pgscim.admin.token-sha256"))
              .build());
    }
  }
}
