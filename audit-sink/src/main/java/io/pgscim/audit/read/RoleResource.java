package io.pgscim.audit.read;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.index.Index;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * All that happened to one person or one role: {@link EntriesResource} with the name in the path.
 */
@Path("/roles/{name}/history")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Roles")
public class RoleResource {
  private final AuditLog log;
  private final Index index;

  RoleResource(AuditLog log, Index index) {
    this.log = log;
    this.index = index;
  }

  /** By the role's name; {@code cluster} as a parameter when several have one of that name. */
  @GET
  @Operation(summary = "What happened to a role")
  public byte[] role(@PathParam("name") String name, @Context UriInfo uri) throws IOException {
    return Search.run(log, index, Question.of(uri.getQueryParameters(), Map.of("role", name)))
        .json();
  }
}
