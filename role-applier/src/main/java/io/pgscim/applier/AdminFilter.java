package io.pgscim.applier;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;

/** Lets in who holds a token; while there is none, everybody who reaches the port. */
@Provider
class AdminFilter implements ContainerRequestFilter {
  private final Admins admins;
  private final ApplierService service;

  /** Somebody whose token was seen. */
  private record Known(String name) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return () -> name;
    }

    @Override
    public boolean isUserInRole(String role) {
      return false;
    }

    @Override
    public boolean isSecure() {
      return false;
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }

  AdminFilter(Admins admins, ApplierService service) {
    this.admins = admins;
    this.service = service;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (admins.none()) {
      return;
    }
    String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    Optional<String> name = admins.named(authorization);
    if (name.isPresent()) {
      request.setSecurityContext(new Known(name.get()));
    } else {
      service.applier().turnedAway().count(authorization != null);
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
