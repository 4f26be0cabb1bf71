package io.pgscim.audit.read;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.door.Administrator;
import io.pgscim.audit.door.AdministratorsOnly;
import io.pgscim.audit.retention.Pruning;
import io.pgscim.audit.retention.Retention;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lets old entries go into the archive that is configured, and nowhere else. */
@Path("/prune")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Retention")
public class PruneResource {
  private final AuditLog log;
  private final Retention retention;

  /**
   * What is pruned, or would be.
   *
   * @param first the first entry that was kept before
   * @param minimum the first that is kept then
   * @param entry says so in the log; when it is signed, the others are gone from here. Null when
   *     nothing is to be pruned, and of a dry run
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Answer(long first, long minimum, long entries, String archive, Long entry) {}

  PruneResource(AuditLog log, Retention retention) {
    this.log = log;
    this.retention = retention;
  }

  /** Either {@code before}, an instant of logging, or {@code minimum}, an index. */
  @POST
  @AdministratorsOnly
  @Operation(summary = "Let old entries go into the archive")
  @APIResponse(
      responseCode = "200",
      description = "Nothing to do, or a dry run",
      content = @Content(schema = @Schema(implementation = Answer.class)))
  @APIResponse(
      responseCode = "202",
      description = "They are in the archive, and gone from here once entry is signed",
      content = @Content(schema = @Schema(implementation = Answer.class)))
  @APIResponse(responseCode = "409", description = "It cannot be done; detail says why")
  public Response prune(
      @QueryParam("before") String before,
      @QueryParam("minimum") String minimum,
      @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
      @Context ContainerRequestContext request)
      throws IOException {
    String archive =
        retention
            .archive()
            .map(folder -> folder.toAbsolutePath().normalize().toString())
            .orElseThrow(
                () ->
                    Problem.conflict(
                        "set pgscim.audit.archive: the folder that pruned entries go to"));
    var plan = plan(before, minimum);
    if (dryRun || plan.entries() == 0) {
      return Response.ok(new Answer(plan.first(), plan.minimum(), plan.entries(), archive, null))
          .build();
    }
    try {
      long entry = retention.prune(plan, Administrator.of(request));
      return Response.accepted(
              new Answer(plan.first(), plan.minimum(), plan.entries(), archive, entry))
          .build();
    } catch (IOException e) {
      throw Problem.conflict(e.getMessage());
    }
  }

  private Pruning.Plan plan(String before, String minimum) throws IOException {
    if ((before == null) == (minimum == null)) {
      throw Problem.badRequest("either before or minimum says how far is pruned");
    }
    if (minimum != null) {
      return retention.pruning().upTo(WholeNumber.of(minimum, "minimum", 0, 0, log.size()));
    }
    try {
      return retention.pruning().before(Instant.parse(before));
    } catch (DateTimeException e) {
      throw Problem.badRequest("before must be an instant like 2026-11-25T09:30:00Z");
    }
  }
}
