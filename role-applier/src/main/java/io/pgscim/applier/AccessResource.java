package io.pgscim.applier;

import io.pgscim.applier.access.ObjectName;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.pgclient.PgException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code /access}: who can do what to an object, or what somebody can do, and why. It changes
 * nothing.
 */
@Path("/access")
@RunOnVirtualThread
class AccessResource {
  private static final String MARKDOWN = "text/markdown";
  private static final int LARGEST_PAGE = 10_000;
  private static final int LONGEST_NAME = 1000;
  private static final String CANCELED = "57014";

  private final ApplierService service;

  AccessResource(ApplierService service) {
    this.service = service;
  }

  /**
   * @param object as {@link ObjectName} has it; or else
   * @param person a user id, a role name or a userName
   * @param privilege on the object; all of them when it is missing
   * @param after logins, or a person's objects, behind that name
   * @param limit most logins, or objects
   */
  @GET
  @Produces({MediaType.APPLICATION_JSON, MARKDOWN, MediaType.TEXT_PLAIN})
  public Response access(
      @QueryParam("object") String object,
      @QueryParam("person") String person,
      @QueryParam("privilege") String privilege,
      @QueryParam("after") @DefaultValue("") String after,
      @QueryParam("limit") @DefaultValue("1000") int limit,
      @Context HttpHeaders headers) {
    if (!isPage(limit)) {
      return noPage();
    }
    var page = new AccessDesk.Page(after, limit);
    if (object == null && isName(person) && privilege == null) {
      return ask(desk -> desk.whatHas(person, page), headers, Map.of("person", person), limit);
    }
    if (object == null || person != null) {
      return problem(
          Status.BAD_REQUEST,
          "ask for object=database.schema.table, with privilege=SELECT or without, or for"
              + " person=, a user id, a role name or a userName");
    }
    ObjectName name;
    try {
      name = ObjectName.parse(object);
    } catch (IllegalArgumentException e) {
      return problem(Status.BAD_REQUEST, e.getMessage());
    }
    Map<String, String> same = new TreeMap<>(Map.of("object", object));
    Optional.ofNullable(privilege).ifPresent(word -> same.put("privilege", word));
    return ask(
        desk -> desk.whoCan(name, Optional.ofNullable(privilege), page), headers, same, limit);
  }

  /**
   * What the policy calls sensitive.
   *
   * @param after objects behind that name
   * @param limit most logins, of all objects together
   */
  @GET
  @Path("sensitive")
  @Produces({MediaType.APPLICATION_JSON, MARKDOWN, MediaType.TEXT_PLAIN})
  public Response sensitive(
      @QueryParam("after") @DefaultValue("") String after,
      @QueryParam("limit") @DefaultValue("1000") int limit,
      @Context HttpHeaders headers) {
    return isPage(limit)
        ? ask(desk -> desk.sensitive(new AccessDesk.Page(after, limit)), headers, Map.of(), limit)
        : noPage();
  }

  private static boolean isPage(int limit) {
    return limit >= 1 && limit <= LARGEST_PAGE;
  }

  private static Response noPage() {
    return problem(Status.BAD_REQUEST, "limit is 1 to " + LARGEST_PAGE);
  }

  /**
   * @param same the parameters that the next page has too
   */
  private Response ask(
      Function<AccessDesk, AccessDesk.Answer> question,
      HttpHeaders headers,
      Map<String, String> same,
      int limit) {
    Optional<AccessDesk.Answer> answer;
    try {
      answer = service.applier().inspect(question);
    } catch (PgException e) {
      if (CANCELED.equals(e.getSqlState())) {
        return problem(
            Status.SERVICE_UNAVAILABLE, "the cluster took too long to answer; ask for less");
      }
      throw e;
    }
    if (answer.isEmpty()) {
      return problem(
          Status.SERVICE_UNAVAILABLE,
          "this process cannot tell access now, ask the writer: it is "
              + service.applier().standing());
    }
    return switch (answer.get()) {
      case AccessDesk.Answer.Shown(AccessView view) ->
          shown(view, AccessTable.of(view), headers, next(same, limit, view.next()));
      case AccessDesk.Answer.Person(PersonView view) ->
          shown(view, AccessTable.of(view), headers, next(same, limit, view.next()));
      case AccessDesk.Answer.Listed(SensitiveView view) ->
          shown(view, AccessTable.of(view), headers, next(same, limit, view.next()));
      case AccessDesk.Answer.Missing(String detail) -> problem(Status.NOT_FOUND, detail);
      case AccessDesk.Answer.Wrong(String detail) -> problem(Status.BAD_REQUEST, detail);
    };
  }

  private static boolean isName(String person) {
    return person != null
        && !person.isBlank()
        && person.length() <= LONGEST_NAME
        && person.indexOf('\0') < 0;
  }

  private static Response shown(
      Object view, String table, HttpHeaders headers, Optional<String> next) {
    MediaType best = headers.getAcceptableMediaTypes().getFirst();
    String text = best.isCompatible(MediaType.TEXT_PLAIN_TYPE) ? MediaType.TEXT_PLAIN : MARKDOWN;
    ResponseBuilder response =
        best.getType().equals("text")
            ? Response.ok(table, text + ";charset=UTF-8")
            : Response.ok(view, MediaType.APPLICATION_JSON_TYPE);
    next.ifPresent(link -> response.header(HttpHeaders.LINK, link));
    return response.build();
  }

  /** Where the next page is, for those who read text (RFC 8288). */
  private static Optional<String> next(Map<String, String> same, int limit, String after) {
    if (after == null) {
      return Optional.empty();
    }
    Map<String, String> parameters = new TreeMap<>(same);
    parameters.put("limit", "" + limit);
    parameters.put("after", after);
    return Optional.of(
        parameters.entrySet().stream()
            .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", "<?", ">; rel=\"next\"")));
  }

  private static Response problem(Status status, String detail) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(Map.of("detail", detail))
        .build();
  }
}
