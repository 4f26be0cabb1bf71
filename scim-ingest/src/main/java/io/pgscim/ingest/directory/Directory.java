package io.pgscim.ingest.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.events.Cause;
import io.pgscim.ingest.Source;
import io.pgscim.ingest.directory.Transactions.Transaction;
import io.pgscim.ingest.observe.Writes;
import io.pgscim.ingest.publish.Relay;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.patch.MemberDelta;
import io.pgscim.scim.resource.SameState;
import io.pgscim.scim.schema.ResourceType;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes to the directory. When a future completes, the row and the events about it are durable
 * together; when it fails with a {@link ScimException}, nothing was written.
 *
 * <p>A resource's row is locked before it is changed: its versions, and the outbox rows about it
 * and about its members, come in one order.
 */
@ApplicationScoped
public class Directory {
  private static final String INSERT = Announcement.with(Sql.read("insert"));
  private static final String UPDATE = Announcement.with(Sql.read("update"));
  private static final String TOUCH = Announcement.with(Sql.read("touch"));
  private static final String LOCK_GROUPS = Sql.read("lock-groups");
  private static final String DELETE = Sql.read("delete");

  private final Pool pool;
  private final Transactions transactions;
  private final Relay relay;
  private final Writes writes;

  public Directory(Pool pool, Transactions transactions, Relay relay, Writes writes) {
    this.pool = pool;
    this.transactions = transactions;
    this.relay = relay;
    this.writes = writes;
  }

  /**
   * Adds a resource under a new id.
   *
   * @param memberIds who shall be its members
   */
  public Future<Stored> create(
      Source source, ResourceType type, ObjectNode document, Set<String> memberIds, Cause cause) {
    Instant now = now();
    Stored stored = new Stored(Ids.next(), source.name(), type, 1, now, now, document, List.of());
    Announcement events = new Announcement(source, cause).state(stored);
    Future<Void> written =
        memberIds.isEmpty()
            ? pool.preparedQuery(INSERT)
                .execute(Rows.inserted(events.parameters(), stored))
                .mapEmpty()
            : transactions.run(tx -> createWithMembers(tx, source, stored, memberIds, cause));
    return answered(type, cause, written).map(stored);
  }

  private static Future<Void> createWithMembers(
      Transaction tx, Source source, Stored stored, Set<String> memberIds, Cause cause) {
    Future<RowSet<Row>> inserted = tx.send(INSERT, Rows.inserted(Announcement.none(), stored));
    Future<Members.Changed> members =
        Members.change(tx, stored.id(), source, MemberDelta.exactly(memberIds));
    return inserted
        .compose(done -> members)
        .compose(
            changed ->
                new Announcement(source, cause)
                    .state(stored)
                    .memberships(stored, changed)
                    .finish(tx));
  }

  /** Changes a resource; completes with it as it is afterwards, with null when it is not there. */
  public Future<Stored> change(ResourceKey key, Change change, Links links, Cause cause) {
    return answered(
        key.type(),
        cause,
        transactions.run(
            tx -> {
              Future<Stored> locked = lock(tx, key, links, "FOR NO KEY UPDATE OF r");
              Future<Members.Changed> members =
                  Members.change(tx, key.id(), key.source(), change.members());
              return locked.compose(
                  before ->
                      before == null
                          ? Future.succeededFuture()
                          : members.compose(m -> write(tx, key, before, change, m, cause)));
            }));
  }

  private static Future<Stored> write(
      Transaction tx,
      ResourceKey key,
      Stored before,
      Change change,
      Members.Changed members,
      Cause cause) {
    change.precondition().accept(before);
    ObjectNode document = change.edit().apply(before.document());
    boolean sameDocument = SameState.of(before.document(), document);
    if (sameDocument && members.isEmpty()) {
      return Future.succeededFuture(before);
    }
    Stored after = before.changed(now(), sameDocument ? before.document() : document);
    Announcement events = new Announcement(key.source(), cause);
    if (sameDocument) {
      return events
          .memberships(after, members)
          .finish(tx, TOUCH, parameters -> Rows.touched(parameters, after))
          .map(after);
    }
    return events
        .state(after)
        .memberships(after, members)
        .finish(tx, UPDATE, parameters -> Rows.updated(parameters, after))
        .map(after);
  }

  /**
   * Deletes a resource and its memberships, on whichever side of them it is. Completes with it as
   * it was, with null when it is not there.
   */
  public Future<Stored> delete(ResourceKey key, Consumer<Stored> precondition, Cause cause) {
    Instant now = now();
    return answered(
        key.type(),
        cause,
        transactions.run(
            tx -> {
              // Groups before users, as everywhere: otherwise two requests could wait for each
              // other.
              Future<RowSet<Row>> groups = tx.send(LOCK_GROUPS, Tuple.of(key.id()));
              Future<Stored> locked = lock(tx, key, Links.NONE, "FOR UPDATE OF r");
              return groups
                  .compose(done -> locked)
                  .compose(
                      before -> {
                        if (before == null) {
                          return Future.succeededFuture();
                        }
                        precondition.accept(before);
                        return tx.send(DELETE, Tuple.of(key.id(), Rows.at(now)))
                            .compose(
                                rows ->
                                    new Announcement(key.source(), cause)
                                        .deletion(before, rows)
                                        .finish(tx))
                            .map(before);
                      });
            }));
  }

  private static Future<Stored> lock(Transaction tx, ResourceKey key, Links links, String how) {
    return tx.send(links.selectOne() + " " + how, Lookup.parameters(key))
        .map(rows -> Rows.first(rows, key.source(), key.type()));
  }

  private <T> Future<T> answered(ResourceType type, Cause cause, Future<T> written) {
    return writes.watch(
        cause,
        written
            .onSuccess(done -> relay.wake())
            .recover(failure -> Future.failedFuture(taken(type, failure))));
  }

  private static Throwable taken(ResourceType type, Throwable failure) {
    if (failure instanceof PgException refused && "23505".equals(refused.getSqlState())) {
      String name = KeyAttribute.of(type).attribute().name();
      return new ScimException(409, ScimType.UNIQUENESS, "the " + name + " is already in use");
    }
    return failure;
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
