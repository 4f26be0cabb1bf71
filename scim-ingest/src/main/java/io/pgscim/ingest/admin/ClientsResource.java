package io.pgscim.ingest.admin;

import io.pgscim.ingest.access.Sources;
import io.pgscim.ingest.clients.Client;
import io.pgscim.ingest.clients.ClientRefusal;
import io.pgscim.ingest.clients.ClientRefusal.Reason;
import io.pgscim.ingest.clients.Clients;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The clients of a source; administrators are those of {@code admin}. */
@Path("/admin/sources/{source}/clients")
public class ClientsResource {
  private final Sources sources;
  private final Clients clients;

  ClientsResource(Sources sources, Clients clients) {
    this.sources = sources;
    this.clients = clients;
  }

  /**
   * A client.
   *
   * @param clientId what it calls itself at the token endpoint, and is called in events
   * @param me the user that it stands for at /Me; absent for none
   */
  public record ClientView(
      String name, String clientId, UUID me, Instant created, String createdBy) {
    static ClientView of(Client client) {
      return new ClientView(
          client.name(), client.actor(), client.me(), client.created(), client.createdBy());
    }
  }

  /**
   * A client that shall be.
   *
   * @param me the user that it stands for at /Me; null for none
   */
  public record NewClient(String name, UUID me) {}

  /** All clients of the source. */
  @GET
  public CompletionStage<List<ClientView>> list(@PathParam("source") String source) {
    return clients
        .list(known(source))
        .map(found -> found.stream().map(ClientView::of).toList())
        .toCompletionStage();
  }

  /** Makes a client, which has no secret yet. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ClientView.class)))
  public CompletionStage<Response> create(
      @PathParam("source") String source,
      NewClient asked,
      @Context ContainerRequestContext context) {
    if (asked == null || asked.name() == null) {
      throw new ClientRefusal(Reason.INVALID, "name is missing");
    }
    return clients
        .create(known(source), asked.name(), asked.me(), AdminGate.cause(context))
        .map(
            client ->
                Response.created(
                        URI.create("/admin/sources/" + source + "/clients/" + client.name()))
                    .entity(ClientView.of(client))
                    .build())
        .toCompletionStage();
  }

  /** One client. */
  @GET
  @Path("{name}")
  public CompletionStage<ClientView> read(
      @PathParam("source") String source, @PathParam("name") String name) {
    return clients.find(known(source), name).map(ClientView::of).toCompletionStage();
  }

  /** Revokes all that a client has, and forgets it. */
  @DELETE
  @Path("{name}")
  public CompletionStage<Void> delete(
      @PathParam("source") String source,
      @PathParam("name") String name,
      @Context ContainerRequestContext context) {
    return clients.delete(known(source), name, AdminGate.cause(context)).toCompletionStage();
  }

  private String known(String source) {
    return known(sources, source);
  }

  static String known(Sources sources, String source) {
    if (!sources.has(source) && !source.equals(Client.ADMIN)) {
      throw new ClientRefusal(Reason.NOT_FOUND, "there is no source of that name");
    }
    return source;
  }
}
