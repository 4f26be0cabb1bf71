package io.pgscim.audit.read;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.door.Administrator;
import io.pgscim.audit.door.AdministratorsOnly;
import io.pgscim.audit.index.Index;
import io.pgscim.audit.people.Erasure;
import io.pgscim.audit.people.People;
import io.pgscim.audit.people.SealBroken;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One person: what happened to it, and for administrators what is personal. */
@Path("/people/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "People")
public class PersonResource {
  private final AuditLog log;
  private final Index index;
  private final People people;
  private final Erasure erasure;

  /**
   * Somebody.
   *
   * @param known as the directory said it, the latest last
   */
  public record Person(String id, List<Attributes> known) {}

  /**
   * By what somebody was known.
   *
   * @param event the event that said so: {@code /entries?event=…}
   */
  public record Attributes(String event, @JsonRawValue String attributes) {}

  PersonResource(AuditLog log, Index index, People people, Erasure erasure) {
    this.log = log;
    this.index = index;
    this.people = people;
    this.erasure = erasure;
  }

  @GET
  @AdministratorsOnly
  @Operation(summary = "By what a person is known and was")
  @APIResponse(responseCode = "200", description = "id, known")
  @APIResponse(responseCode = "404", description = "Nothing is known, or it was erased")
  public Person person(@PathParam("id") String id) throws IOException {
    try {
      List<Attributes> known =
          people.known(id).stream()
              .map(one -> new Attributes(one.event().toString(), one.json()))
              .toList();
      if (known.isEmpty()) {
        throw Problem.notFound("nothing is known of this person, or it was erased");
      }
      return new Person(id, known);
    } catch (SealBroken e) {
      throw Problem.conflict(e.getMessage());
    }
  }

  @DELETE
  @AdministratorsOnly
  @Operation(summary = "Forget a person: the key and what it sealed")
  @APIResponse(responseCode = "200", description = "known: whether anything was; entry: says so")
  public Erasure.Erased erase(@PathParam("id") String id, @Context ContainerRequestContext request)
      throws IOException {
    return erasure.erase(id, Administrator.of(request));
  }

  /** From the first push to the last proof, asked as {@link EntriesResource#list} is. */
  @GET
  @Path("history")
  @Operation(summary = "What happened to a person")
  public byte[] history(@PathParam("id") String id, @Context UriInfo uri) throws IOException {
    return Search.run(log, index, Question.of(uri.getQueryParameters(), Map.of("user", id))).json();
  }
}
