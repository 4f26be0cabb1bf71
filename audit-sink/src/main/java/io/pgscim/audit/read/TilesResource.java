package io.pgscim.audit.read;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.entry.Pruned;
import io.pgscim.audit.tlog.Tile;
import io.pgscim.audit.tree.TreeKeeper;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/** The log as the files that anyone can check (C2SP tlog-tiles). */
@Path("/")
@Blocking
public class TilesResource {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final AuditLog log;
  private final TreeKeeper tree;

  TilesResource(AuditLog log, TreeKeeper tree) {
    this.log = log;
    this.tree = tree;
  }

  @GET
  @Path("checkpoint")
  public Response checkpoint() throws IOException {
    byte[] note =
        tree.checkpoint().orElseThrow(() -> Problem.notFound("nothing has been signed yet"));
    return Response.ok(note, TEXT).header("Cache-Control", "public, max-age=1").build();
  }

  @GET
  @Path("vkey")
  public Response verifierKey() throws IOException {
    byte[] key = tree.verifierKey().orElseThrow(() -> Problem.notFound("there is no key yet"));
    return Response.ok(key, TEXT).header("Cache-Control", "public, max-age=60").build();
  }

  /** Which entries were pruned, in the log's own words, and in which entry they stand. */
  @GET
  @Path(Pruned.LOG)
  public Response minimum() {
    Pruned pruned =
        log.pruned().orElseThrow(() -> Problem.notFound("nothing of this log was pruned"));
    return Response.ok(pruned.bytes(), MediaType.APPLICATION_JSON)
        .header("Cache-Control", "public, max-age=1")
        .build();
  }

  @GET
  @Path("tile/{rest: .+}")
  public Response tile(@PathParam("rest") String rest) throws IOException {
    Tile tile =
        Tile.parse("tile/" + rest)
            .orElseThrow(() -> Problem.notFound("no tile has the path tile/" + rest));
    if (tile.level() == Tile.ENTRIES && tile.index() * Tile.FULL < log.first()) {
      throw Problem.gone(log.pruned().orElseThrow().refusal(tile.index() * Tile.FULL).getMessage());
    }
    byte[] bytes =
        tree.tile(tile)
            .orElseThrow(
                () -> Problem.notFound("the log has no " + tile.path() + ", or none any more"));
    return Response.ok(bytes, "application/octet-stream").header("Cache-Control", FOR_EVER).build();
  }
}
