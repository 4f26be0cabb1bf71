package io.pgscim.audit.read;

import io.pgscim.audit.tlog.Tile;
import io.pgscim.audit.tree.TreeKeeper;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/** The log as the files that anyone can check (C2SP tlog-tiles). */
@Path("/")
@Blocking
public class TilesResource {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final TreeKeeper tree;

  TilesResource(TreeKeeper tree) {
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

  @GET
  @Path("tile/{rest: .+}")
  public Response tile(@PathParam("rest") String rest) throws IOException {
    Tile tile =
        Tile.parse("tile/" + rest)
            .orElseThrow(() -> Problem.notFound("no tile has the path tile/" + rest));
    byte[] bytes =
        tree.tile(tile)
            .orElseThrow(
                () -> Problem.notFound("the log has no " + tile.path() + ", or none any more"));
    return Response.ok(bytes, "application/octet-stream").header("Cache-Control", FOR_EVER).build();
  }
}
