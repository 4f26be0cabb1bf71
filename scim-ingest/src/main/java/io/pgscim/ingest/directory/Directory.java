package io.pgscim.ingest.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.events.Cause;
import io.pgscim.ingest.Source;
import io.pgscim.ingest.directory.Transactions.Transaction;
import io.pgscim.ingest.publish.Relay;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.patch.MemberChange;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

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
  private static final String INSERT_CLAIMING =
      Announcement.with(", claimed AS (" + Sql.read("claim") + ") " + Sql.read("insert"));
  private static final String CHANGE_CLAIMS = Sql.read("change-claims");
  private static final String UPDATE = Announcement.with(Sql.read("update"));
  private static final String TOUCH = Announcement.with(Sql.read("touch"));
  private static final String LOCK_GROUPS = Sql.read("lock-groups");

  /** Null when a write must be a transaction of more than its one statement. */
  private final Pool pool;

  private final Transactions transactions;
  private final Relay relay;

  public Directory(Pool pool, Transactions transactions, Relay relay) {
    this.pool = pool;
    this.transactions = transactions;
    this.relay = relay;
  }

  /** The same, with a statement more in the transaction of each write, about what it writes. */
  public Directory closing(Function<Stored, Statement> statement) {
    return new Directory(null, transactions.closing(statement), relay);
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
    Claims claims = Claims.of(type, document);
    Future<Void> written =
        memberIds.isEmpty()
            ? insert(stored, events, claims)
            : run((tx, nested) -> createWithMembers(tx, nested, source, stored, memberIds, cause));
    return answered(type, written).map(stored);
  }

  /** One statement is a transaction by itself, when nothing else belongs to it. */
  private Future<Void> insert(Stored stored, Announcement events, Claims claims) {
    if (pool != null && claims.isEmpty()) {
      return pool.preparedQuery(INSERT)
          .execute(Rows.inserted(events.parameters(), stored))
          .mapEmpty();
    }
    // Claims may meet those of another write crosswise, and are then made again.
    return transactions.run(
        tx -> {
          tx.writes(stored);
          return claims.isEmpty()
              ? events.finish(tx, INSERT, p -> Rows.inserted(p, stored))
              : events.finish(tx, INSERT_CLAIMING, p -> claims.following(Rows.inserted(p, stored)));
        });
  }

  private static Future<Void> createWithMembers(
      Transaction tx,
      boolean nested,
      Source source,
      Stored stored,
      Set<String> memberIds,
      Cause cause) {
    List<MemberChange> members = List.of(new MemberChange.Add(memberIds));
    Future<Nesting> nesting = nesting(tx, nested, source, stored.id(), members);
    tx.writes(stored);
    Claims claims = Claims.of(stored.type(), stored.document());
    Tuple parameters = Rows.inserted(Announcement.none(), stored);
    Future<RowSet<Row>> inserted =
        claims.isEmpty()
            ? tx.send(INSERT, parameters)
            : tx.send(INSERT_CLAIMING, claims.following(parameters));
    Future<Members.Changed> changed = Members.change(tx, stored.id(), source, members, nested);
    return nesting.compose(
        reach ->
            inserted
                .compose(done -> changed)
                .compose(change -> reach.effects(tx, stored.id(), change))
                .compose(
                    effects ->
                        new Announcement(source, cause)
                            .state(stored)
                            .memberships(stored.id(), 1, own(effects, stored))
                            .finish(tx)));
  }

  /** Changes a resource; completes with it as it is afterwards, with null when it is not there. */
  public Future<Stored> change(ResourceKey key, Change change, Links links, Cause cause) {
    return answered(
        key.type(),
        run(
            (tx, nested) -> {
              Future<Nesting> nesting =
                  nesting(tx, nested, key.source(), key.id(), change.members());
              Future<Stored> locked = lock(tx, key, links, "FOR NO KEY UPDATE OF r");
              Future<Members.Changed> members =
                  Members.change(tx, key.id(), key.source(), change.members(), nested);
              return nesting.compose(
                  reach ->
                      locked.compose(
                          before ->
                              before == null
                                  ? Future.succeededFuture()
                                  : members.compose(
                                      changed ->
                                          write(tx, key, before, change, changed, reach, cause))));
            }));
  }

  private static Future<Stored> write(
      Transaction tx,
      ResourceKey key,
      Stored before,
      Change change,
      Members.Changed members,
      Nesting nesting,
      Cause cause) {
    change.precondition().accept(before);
    ObjectNode document = change.edit().apply(before.document());
    boolean sameDocument = SameState.of(before.document(), document);
    if (sameDocument && members.isEmpty() && !members.nested()) {
      return Future.succeededFuture(before);
    }
    return nesting
        .effects(tx, key.id(), members)
        .compose(
            effects -> {
              if (sameDocument && members.isEmpty()) {
                return Future.succeededFuture(before);
              }
              Stored after = before.changed(now(), sameDocument ? before.document() : document);
              Announcement events = new Announcement(key.source(), cause);
              tx.writes(after);
              if (!sameDocument || own(effects, after).isEmpty()) {
                events.state(after);
              }
              effects.forEach(
                  (id, users) ->
                      events.memberships(
                          id, id.equals(key.id()) ? after.version() : nesting.next(id), users));
              Future<?> claimed =
                  sameDocument ? Future.succeededFuture() : claim(tx, before, after);
              Future<Void> finished =
                  Nesting.raise(tx, others(effects, after), after.modified())
                      .compose(
                          raised ->
                              sameDocument
                                  ? events.finish(tx, TOUCH, p -> Rows.touched(p, after))
                                  : events.finish(tx, UPDATE, p -> Rows.updated(p, after)));
              // What was refused is told by the statement that was, not by those behind it.
              return claimed.compose(done -> finished).map(after);
            });
  }

  private static Future<?> claim(Transaction tx, Stored before, Stored after) {
    Claims former = Claims.of(before.type(), before.document());
    Claims claims = Claims.of(after.type(), after.document());
    return claims.equals(former)
        ? Future.succeededFuture()
        : tx.send(CHANGE_CLAIMS, claims.since(former, after));
  }

  private static Turnover own(Map<UUID, Turnover> effects, Stored stored) {
    return effects.getOrDefault(stored.id(), Turnover.NONE);
  }

  private static Set<UUID> others(Map<UUID, Turnover> effects, Stored stored) {
    Set<UUID> others = new HashSet<>(effects.keySet());
    others.remove(stored.id());
    return others;
  }

  /**
   * Deletes a resource and its memberships, on whichever side of them it is. Completes with it as
   * it was, with null when it is not there.
   */
  public Future<Stored> delete(ResourceKey key, Consumer<Stored> precondition, Cause cause) {
    Instant now = now();
    return answered(
        key.type(),
        run(
            (tx, nested) -> {
              // Groups before users, as everywhere: otherwise two requests could wait for each
              // other. Once the user is locked, nobody adds it to a group any more; what it was
              // added to in between is locked too.
              Future<?> groups = lockGroups(tx, nested, key);
              Future<Stored> locked = lock(tx, key, Links.NONE, "FOR UPDATE OF r");
              Future<Nesting> all = lockGroups(tx, nested, key);
              return groups
                  .compose(done -> locked)
                  .compose(
                      before -> {
                        if (before == null) {
                          return Future.succeededFuture();
                        }
                        precondition.accept(before);
                        tx.writes(before);
                        Deletion deletion = new Deletion(tx, key, before, now, cause);
                        return all.compose(
                                reach -> nested ? deletion.nested(reach) : deletion.alone())
                            .map(before);
                      });
            }));
  }

  private static Future<Nesting> lockGroups(Transaction tx, boolean nested, ResourceKey key) {
    return nested
        ? nesting(tx, true, key.source(), key.id(), List.of())
        : tx.send(LOCK_GROUPS, Tuple.of(key.id())).map(Nesting.ALONE);
  }

  private static Future<Nesting> nesting(
      Transaction tx, boolean nested, Source source, UUID id, List<MemberChange> changes) {
    if (!nested) {
      return Future.succeededFuture(Nesting.ALONE);
    }
    Future<Void> excluded = Nesting.exclude(tx, source);
    Future<Nesting> locked = Nesting.lock(tx, source, id, Members.added(changes));
    return excluded.compose(done -> locked);
  }

  private static Future<Stored> lock(Transaction tx, ResourceKey key, Links links, String how) {
    return tx.send(links.selectOne() + " " + how, Lookup.parameters(key))
        .map(rows -> Rows.first(rows, key.source(), key.type()));
  }

  /** Work in a transaction, with or without the nesting lock. */
  private interface Work<T> {
    Future<T> in(Transaction tx, boolean nested);
  }

  private <T> Future<T> run(Work<T> work) {
    return transactions
        .run(tx -> work.in(tx, false))
        .recover(
            failure ->
                failure instanceof Nesting.Concerned
                    ? transactions.run(tx -> work.in(tx, true))
                    : Future.failedFuture(failure));
  }

  private <T> Future<T> answered(ResourceType type, Future<T> written) {
    return written
        .onSuccess(done -> relay.wake())
        .recover(failure -> Future.failedFuture(taken(type, failure)));
  }

  private static Throwable taken(ResourceType type, Throwable failure) {
    if (failure instanceof PgException refused && "23505".equals(refused.getSqlState())) {
      String name = Claims.taken(type, refused);
      return new ScimException(409, ScimType.UNIQUENESS, "the " + name + " is already in use");
    }
    return failure;
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
