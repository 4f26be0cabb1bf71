package io.pgscim.applier;

import io.pgscim.applier.cluster.ClusterUnavailable;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;

/** A question that the cluster cannot answer now. */
@Provider
class ClusterAway implements ExceptionMapper<ClusterUnavailable> {
  @Override
  public Response toResponse(ClusterUnavailable away) {
    return Response.status(Response.Status.SERVICE_UNAVAILABLE)
        .type(MediaType.APPLICATION_JSON)
        .entity(Map.of("detail", "the cluster does not answer: " + away.getMessage()))
        .build();
  }
}
