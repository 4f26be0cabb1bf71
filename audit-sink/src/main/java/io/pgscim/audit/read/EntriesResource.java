package io.pgscim.audit.read;

import io.pgscim.audit.append.AuditLog;
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
import java.util.Set;

/** The log as JSON. */
@Path("/entries")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class EntriesResource {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;

  private final AuditLog log;
  private final TreeKeeper tree;

  EntriesResource(AuditLog log, TreeKeeper tree) {
    this.log = log;
    this.tree = tree;
  }

  /**
   * Entries in their order. {@code after}: behind this index; {@code limit}: at most so many; every
   * other parameter must equal the entry's field of that name. {@code next} is the {@code after} of
   * the next page; when the page is not full, that page may hold what is appended later.
   */
  @GET
  public byte[] list(@Context UriInfo uri) throws IOException {
    var parameters = uri.getQueryParameters();
    long after = WholeNumber.of(parameters.getFirst("after"), "after", -1, -1);
    long limit = WholeNumber.of(parameters.getFirst("limit"), "limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    return Page.read(log, after, (int) limit, filter(parameters)).json();
  }

  /** One entry. */
  @GET
  @Path("{index}")
  public byte[] one(@PathParam("index") String index) throws IOException {
    long wanted = WholeNumber.of(index, "the index", 0, 0);
    List<byte[]> found = log.read(wanted, 1);
    if (found.isEmpty()) {
      throw Problem.notFound("there is no entry " + wanted + ": the log has " + log.size());
    }
    return Page.withIndex(wanted, found.getFirst());
  }

  /** That an entry is in the log, as a file that needs only the verifier key (C2SP tlog-proof). */
  @GET
  @Path("{index}/proof")
  @Produces(MediaType.TEXT_PLAIN)
  public String proof(@PathParam("index") String index) throws IOException {
    long wanted = WholeNumber.of(index, "the index", 0, 0);
    return tree.proof(wanted)
        .orElseThrow(
            () -> Problem.notFound("no signed checkpoint covers entry " + wanted + " yet"));
  }

  private static EntryFilter filter(Map<String, List<String>> parameters) {
    try {
      return EntryFilter.of(parameters, Set.of("after", "limit"));
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(e.getMessage());
    }
  }
}
