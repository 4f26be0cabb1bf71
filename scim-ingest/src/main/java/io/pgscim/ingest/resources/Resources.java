package io.pgscim.ingest.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CompileTimeConstant;
import io.pgscim.ingest.directory.Change;
import io.pgscim.ingest.directory.Directory;
import io.pgscim.ingest.directory.Ids;
import io.pgscim.ingest.directory.Links;
import io.pgscim.ingest.directory.Lookup;
import io.pgscim.ingest.directory.ResourceKey;
import io.pgscim.ingest.directory.Stored;
import io.pgscim.ingest.logging.Key;
import io.pgscim.ingest.logging.Log;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.patch.MemberChange;
import io.pgscim.scim.patch.Patch;
import io.pgscim.scim.projection.Projection;
import io.pgscim.scim.resource.Intake;
import io.pgscim.scim.resource.MemberIds;
import io.pgscim.scim.schema.ResourceType;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Create, read, replace, patch and delete, for any resource type. A future fails with a {@link
 * ScimException} for whatever the client can do something about.
 */
@ApplicationScoped
public class Resources {
  private static final Log LOG = Log.of(Resources.class);

  private final Directory directory;
  private final Lookup lookup;

  public Resources(Directory directory, Lookup lookup) {
    this.directory = directory;
    this.lookup = lookup;
  }

  /** Whatever the request does; fails also where its method throws. */
  public Future<Answer> write(Call call, Write write) {
    try {
      return switch (write) {
        case Write.Create(ResourceType type, ObjectNode body) -> create(call, type, body);
        case Write.Replace(ResourceType type, String id, ObjectNode body) ->
            replace(call, type, id, body);
        case Write.Modify(ResourceType type, String id, ObjectNode body) ->
            patch(call, type, id, body);
        case Write.Delete(ResourceType type, String id) -> delete(call, type, id);
      };
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /** POST (§3.3). */
  public Future<Answer> create(Call call, ResourceType type, ObjectNode body) {
    Projection projection = call.projection(type);
    ObjectNode document =
        DocumentRules.created(type, new Intake(type, call.source().tolerance()).document(body));
    Projection shown = projection.afterWriting(document);
    Set<String> named = MemberIds.in(type, body);
    Set<String> members = named == null ? Set.of() : named;
    return directory(call, 201)
        .create(call.source(), type, document, members, call.cause())
        .onSuccess(stored -> log("resource created", call, stored))
        // Only members have names that the request did not bring along.
        .compose(
            stored ->
                members.isEmpty()
                    ? Future.succeededFuture(stored)
                    : lookup.find(key(call, type, stored.id()), Links.shown(type, projection)))
        .map(stored -> answer(201, call, shown, stored));
  }

  /** GET of one (§3.4.1). */
  public Future<Answer> read(Call call, ResourceType type, String id) {
    Projection projection = call.projection(type);
    return lookup
        .find(key(call, type, id), Links.shown(type, projection))
        .map(stored -> existing(id, stored))
        .map(
            stored -> {
              Preconditions.read(call, stored);
              return Preconditions.known(call.ifNoneMatch(), stored)
                  ? new Answer(304, null, null, stored.etag())
                  : answer(200, call, projection, stored);
            });
  }

  /**
   * PUT (§3.5.1). A group's members are replaced when the body speaks of them; a body that does not
   * leaves them alone.
   */
  public Future<Answer> replace(Call call, ResourceType type, String id, ObjectNode body) {
    Projection projection = call.projection(type);
    ObjectNode document = new Intake(type, call.source().tolerance()).document(body);
    Set<String> members = MemberIds.in(type, body);
    Change change =
        new Change(
            stored -> Preconditions.write(call, stored),
            before -> DocumentRules.replaced(type, before, document.deepCopy()),
            members == null
                ? List.of()
                : List.of(new MemberChange.Clear(), new MemberChange.Add(members)));
    return change(call, type, id, change, "resource replaced", projection.afterWriting(document));
  }

  /** PATCH (§3.5.2). A group, which may be large, is answered without a body unless asked for. */
  public Future<Answer> patch(Call call, ResourceType type, String id, ObjectNode body) {
    Projection projection = call.projection(type);
    Patch patch = Patch.read(type, body, call.source().tolerance());
    Change change =
        new Change(
            stored -> Preconditions.write(call, stored),
            before ->
                patch.leavesDocument()
                    ? before
                    : DocumentRules.patched(type, before, patch.apply(before)),
            patch.memberChanges());
    boolean brief = type.membership() != null && call.parameter("attributes") == null;
    return change(
        call,
        type,
        id,
        change,
        "resource patched",
        brief ? null : projection.afterWriting(patch.targets()));
  }

  /**
   * @param projection null for an answer without a body
   */
  private Future<Answer> change(
      Call call,
      ResourceType type,
      String id,
      Change change,
      @CompileTimeConstant String what,
      Projection projection) {
    ResourceKey key = key(call, type, id);
    Links shown = projection == null ? Links.NONE : Links.shown(type, projection);
    // Members may change with the resource and are read afterwards; groups do not.
    Links before = shown == Links.GROUPS ? shown : Links.NONE;
    return directory(call, projection == null ? 204 : 200)
        .change(key, change, before, call.cause())
        .map(stored -> existing(id, stored))
        .onSuccess(stored -> log(what, call, stored))
        .compose(
            stored ->
                shown == Links.MEMBERS
                    ? lookup.find(key, shown).map(found -> existing(id, found))
                    : Future.succeededFuture(stored))
        .map(stored -> answer(projection == null ? 204 : 200, call, projection, stored));
  }

  /** DELETE (§3.6). */
  public Future<Answer> delete(Call call, ResourceType type, String id) {
    return directory(call, 204)
        .delete(key(call, type, id), stored -> Preconditions.write(call, stored), call.cause())
        .map(stored -> existing(id, stored))
        .onSuccess(stored -> log("resource deleted", call, stored))
        .map(stored -> Answer.noContent());
  }

  /** The directory, as it is to be written for the call. */
  private Directory directory(Call call, int status) {
    if (call.closing() == null) {
      return directory;
    }
    Representation representation = new Representation(call.baseUrl(), null);
    return directory.closing(
        stored ->
            call.closing()
                .apply(new Answer(status, null, representation.location(stored), stored.etag())));
  }

  private static Answer answer(int status, Call call, Projection projection, Stored stored) {
    Representation representation = new Representation(call.baseUrl(), projection);
    ObjectNode body = status == 204 ? null : representation.of(stored);
    return new Answer(status, body, representation.location(stored), stored.etag());
  }

  private static ResourceKey key(Call call, ResourceType type, String id) {
    UUID parsed = Ids.parse(id);
    if (parsed == null) {
      throw notFound(id);
    }
    return key(call, type, parsed);
  }

  private static ResourceKey key(Call call, ResourceType type, UUID id) {
    return new ResourceKey(call.source(), type, id);
  }

  private static Stored existing(String id, Stored stored) {
    if (stored == null) {
      throw notFound(id);
    }
    return stored;
  }

  private static ScimException notFound(String id) {
    String shown = id.length() <= 64 ? id : id.substring(0, 64) + "…";
    return ScimException.of(404, "Resource " + shown + " not found");
  }

  private static void log(@CompileTimeConstant String what, Call call, Stored stored) {
    LOG.info(
        what,
        Key.SOURCE.is(stored.source()),
        Key.TYPE.is(stored.type().name()),
        Key.ID.is(stored.id()),
        Key.VERSION.is(stored.version()),
        Key.TXN.is(call.cause().txn()),
        Key.ACTOR.is(call.cause().actor()));
  }
}
