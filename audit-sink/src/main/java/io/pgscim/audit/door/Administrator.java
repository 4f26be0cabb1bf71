package io.pgscim.audit.door;

import jakarta.ws.rs.container.ContainerRequestContext;

/** Somebody whose token {@link Door} has seen. */
public final class Administrator {
  static final String PROPERTY = "pgscim.administrator";

  private Administrator() {}

  /** The name under which the token is configured. */
  public static String of(ContainerRequestContext request) {
    return (String) request.getProperty(PROPERTY);
  }
}
