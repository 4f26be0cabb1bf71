package io.pgscim.audit.read;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.entry.Indexed;
import io.pgscim.audit.index.Index;
import io.pgscim.audit.tree.TreeKeeper;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The log as JSON. */
@Path("/entries")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Entries")
public class EntriesResource {
  private final AuditLog log;
  private final Index index;
  private final TreeKeeper tree;

  EntriesResource(AuditLog log, Index index, TreeKeeper tree) {
    this.log = log;
    this.index = index;
    this.tree = tree;
  }

  /**
   * Entries in their order or the other way round. {@code after}: behind this index; {@code limit}:
   * at most so many; {@code since}, {@code until}: by the instant at which they were logged; every
   * other parameter must equal the entry's field of that name. {@code next} is the {@code after} of
   * the next page; oldest first, that page may hold what is appended later.
   */
  @GET
  @Operation(summary = "Entries in order, filtered")
  @APIResponse(responseCode = "200", description = "A page: entries, size, next")
  @APIResponse(responseCode = "400", description = "A parameter is not what it should be")
  @APIResponse(responseCode = "410", description = "What comes after that index was pruned")
  public byte[] list(@Context UriInfo uri) throws IOException {
    return Search.run(log, index, Question.of(uri.getQueryParameters(), Map.of())).json();
  }

  /** One entry. */
  @GET
  @Path("{index}")
  @Operation(summary = "One entry")
  @APIResponse(responseCode = "200", description = "The entry, with its index")
  @APIResponse(responseCode = "404", description = "The log is not so long")
  @APIResponse(responseCode = "410", description = "It was pruned, and lies in the archive")
  public byte[] one(@PathParam("index") String index) throws IOException {
    long wanted = WholeNumber.of(index, "the index", 0, 0);
    List<byte[]> found = log.read(wanted, 1);
    if (found.isEmpty()) {
      throw Problem.notFound("there is no entry " + wanted + ": the log has " + log.size());
    }
    return Indexed.json(wanted, found.getFirst());
  }

  /** That an entry is in the log, as a file that needs only the verifier key (C2SP tlog-proof). */
  @GET
  @Path("{index}/proof")
  @Produces(MediaType.TEXT_PLAIN)
  @Operation(summary = "Proof that an entry is in the log (C2SP tlog-proof)")
  @APIResponse(responseCode = "200", description = "A .tlog-proof file")
  @APIResponse(responseCode = "404", description = "No signed checkpoint covers it yet")
  public String proof(@PathParam("index") String index) throws IOException {
    long wanted = WholeNumber.of(index, "the index", 0, 0);
    return tree.proof(wanted)
        .orElseThrow(
            () -> Problem.notFound("no signed checkpoint covers entry " + wanted + " yet"));
  }
}
