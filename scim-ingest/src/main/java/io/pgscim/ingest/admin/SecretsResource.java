package io.pgscim.ingest.admin;

import io.pgscim.ingest.access.Sources;
import io.pgscim.ingest.clients.ClientRefusal;
import io.pgscim.ingest.clients.ClientRefusal.Reason;
import io.pgscim.ingest.clients.Clients;
import io.pgscim.ingest.clients.Kind;
import io.pgscim.ingest.clients.Secret;
import io.vertx.core.Future;
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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The secrets of a client. Each is shown once, in the answer to the request that makes it. */
@Path("/admin/sources/{source}/clients/{name}/secrets")
public class SecretsResource {
  private final Sources sources;
  private final Clients clients;

  SecretsResource(Sources sources, Clients clients) {
    this.sources = sources;
    this.clients = clients;
  }

  /**
   * What is known of a secret.
   *
   * @param state valid, ending (rotated, and valid until it ends), expired or revoked
   * @param lastUsed to the minute or so
   * @param secret the secret itself, in the answer that issues it and never again
   */
  public record SecretView(
      UUID id,
      String kind,
      String state,
      Instant created,
      String createdBy,
      Instant expires,
      Instant ends,
      Instant lastUsed,
      String secret) {

    static SecretView of(Secret secret, String text) {
      return new SecretView(
          secret.id(),
          secret.kind().word(),
          secret.state(Instant.now()),
          secret.created(),
          secret.createdBy(),
          secret.expires(),
          secret.ends(),
          secret.lastUsed(),
          text);
    }

    /** Without the secret, so that no log has it. */
    @Override
    public String toString() {
      return "SecretView[" + id + "]";
    }
  }

  /**
   * A secret that shall be.
   *
   * @param kind token (a bearer token) or secret (an OAuth 2.0 client secret)
   * @param expires null for never
   */
  public record NewSecret(String kind, Instant expires) {}

  /**
   * How to rotate.
   *
   * @param expires when the new secret ends by itself; null for never
   * @param oldEnds when the old one ends; null for when it is revoked
   */
  public record Rotation(Instant expires, Instant oldEnds) {}

  /** All secrets of the client, ended ones included. */
  @GET
  public CompletionStage<List<SecretView>> list(
      @PathParam("source") String source, @PathParam("name") String name) {
    return clients
        .secrets(known(source), name)
        .map(found -> found.stream().map(secret -> SecretView.of(secret, null)).toList())
        .toCompletionStage();
  }

  /** Issues the first secret of a kind. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "201",
      description = "Issued",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SecretView.class)))
  public CompletionStage<Response> issue(
      @PathParam("source") String source,
      @PathParam("name") String name,
      NewSecret asked,
      @Context ContainerRequestContext context) {
    String kind = asked == null ? null : asked.kind();
    if (!"token".equals(kind) && !"secret".equals(kind)) {
      throw new ClientRefusal(Reason.INVALID, "kind must be token or secret");
    }
    return answer(
        clients.issue(
            known(source),
            name,
            kind.equals("token") ? Kind.TOKEN : Kind.SECRET,
            asked.expires(),
            AdminGate.cause(context)));
  }

  /** Issues a second secret; the old one stays valid beside it until it ends. */
  @POST
  @Path("{id}/rotate")
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "201",
      description = "Issued",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = SecretView.class)))
  public CompletionStage<Response> rotate(
      @PathParam("source") String source,
      @PathParam("name") String name,
      @PathParam("id") UUID id,
      Rotation asked,
      @Context ContainerRequestContext context) {
    Rotation rotation = asked == null ? new Rotation(null, null) : asked;
    return answer(
        clients.rotate(
            known(source),
            name,
            id,
            rotation.expires(),
            rotation.oldEnds(),
            AdminGate.cause(context)));
  }

  /** Ends a secret now. */
  @DELETE
  @Path("{id}")
  public CompletionStage<Void> revoke(
      @PathParam("source") String source,
      @PathParam("name") String name,
      @PathParam("id") UUID id,
      @Context ContainerRequestContext context) {
    return clients.revoke(known(source), name, id, AdminGate.cause(context)).toCompletionStage();
  }

  private static CompletionStage<Response> answer(Future<Secret.Issued> issued) {
    return issued
        .map(
            made ->
                Response.status(Response.Status.CREATED)
                    .header("Cache-Control", "no-store")
                    .entity(SecretView.of(made.secret(), made.text()))
                    .build())
        .toCompletionStage();
  }

  private String known(String source) {
    return ClientsResource.known(sources, source);
  }
}
