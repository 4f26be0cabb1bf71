package io.pgscim.ingest.clients;

import io.pgscim.events.Cause;
import io.pgscim.events.CredentialIssued;
import io.pgscim.events.CredentialRevoked;
import io.pgscim.events.CredentialRotated;
import io.pgscim.events.SecurityEvent;
import io.pgscim.ingest.clients.ClientRefusal.Reason;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Makes and ends clients and secrets. When a future completes, the change and the security events
 * about it are durable, and this instance judges by it; the others do within a second. A future
 * fails with {@link ClientRefusal} for what cannot be done.
 */
@ApplicationScoped
public class Clients {
  private final Pool pool;
  private final KnownSecrets known;
  private final SecurityLog log;

  public Clients(Pool pool, KnownSecrets known, SecurityLog log) {
    this.pool = pool;
    this.known = known;
    this.log = log;
  }

  /** Those of a source. */
  public Future<List<Client>> list(String source) {
    return ClientRows.clients(pool, source, null);
  }

  /** One of them. */
  public Future<Client> find(String source, String name) {
    return ClientRows.clients(pool, source, name)
        .map(found -> existing(found.isEmpty() ? null : found.get(0)));
  }

  /**
   * Adds a client, which has no secret yet.
   *
   * @param me the user that it stands for; null for none
   */
  public Future<Client> create(String source, String name, UUID me, Cause cause) {
    return ClientRows.insert(pool, source, name, me, cause.actor())
        .map(
            client -> {
              if (client == null) {
                throw new ClientRefusal(
                    Reason.CONFLICT, "there is a client of that name; delete it or choose another");
              }
              return client;
            });
  }

  /** Revokes the client's secrets and forgets its name. */
  public Future<Void> delete(String source, String name, Cause cause) {
    return change(
        source,
        name,
        (tx, at) -> {
          List<Secret> valid = valid(at.secrets(), null);
          return ClientRows.end(tx, valid, Instant.now())
              .compose(done -> ClientRows.markDeleted(tx, at.client().id()))
              .compose(
                  done ->
                      log.add(
                          tx,
                          cause,
                          valid.stream().map(secret -> revoked(at.client(), secret)).toList()));
        });
  }

  /** A client's secrets, ended ones included, in the order of their issue. */
  public Future<List<Secret>> secrets(String source, String name) {
    return find(source, name).compose(client -> ClientRows.secrets(pool, client.id()));
  }

  /**
   * Issues a client's first secret of a kind.
   *
   * @param expires null for never
   */
  public Future<Secret.Issued> issue(
      String source, String name, Kind kind, Instant expires, Cause cause) {
    future("expires", expires);
    return change(
        source,
        name,
        (tx, at) -> {
          if (!valid(at.secrets(), kind).isEmpty()) {
            throw new ClientRefusal(
                Reason.CONFLICT, "the client has a valid " + kind.word() + "; rotate that one");
          }
          return insert(tx, at.client(), kind, expires, cause);
        });
  }

  private Future<Secret.Issued> insert(
      SqlConnection tx, Client client, Kind kind, Instant expires, Cause cause) {
    return ClientRows.insert(tx, client, kind, expires, cause.actor())
        .compose(
            issued -> log.add(tx, cause, List.of(issued(client, issued.secret()))).map(issued));
  }

  /**
   * Issues a second secret beside the one given. Both are valid until the old one ends; there are
   * never three.
   *
   * @param expires when the new one ends by itself; null for never
   * @param oldEnds when the old one ends; null for when it is revoked
   */
  public Future<Secret.Issued> rotate(
      String source, String name, UUID old, Instant expires, Instant oldEnds, Cause cause) {
    future("expires", expires);
    return change(
        source,
        name,
        (tx, at) -> {
          Secret before = at.secret(old);
          List<Secret> valid = valid(at.secrets(), before.kind());
          if (!valid.contains(before)) {
            throw new ClientRefusal(
                Reason.CONFLICT, "the secret is valid no longer; issue a new one");
          }
          if (valid.size() > 1) {
            throw new ClientRefusal(
                Reason.CONFLICT, "two are valid already; revoke one of them first");
          }
          Future<Void> ended =
              oldEnds == null
                  ? Future.succeededFuture()
                  : ClientRows.end(tx, List.of(before), oldEnds);
          return ended
              .compose(
                  done -> ClientRows.insert(tx, at.client(), before.kind(), expires, cause.actor()))
              .compose(
                  issued ->
                      log.add(
                              tx,
                              cause,
                              List.of(rotated(at.client(), issued.secret(), before, oldEnds)))
                          .map(issued));
        });
  }

  /** Ends a secret now. */
  public Future<Void> revoke(String source, String name, UUID id, Cause cause) {
    return change(
        source,
        name,
        (tx, at) -> {
          Secret secret = at.secret(id);
          if (!secret.valid(Instant.now())) {
            return Future.succeededFuture();
          }
          return ClientRows.end(tx, List.of(secret), Instant.now())
              .compose(done -> log.add(tx, cause, List.of(revoked(at.client(), secret))));
        });
  }

  /** A client whose row is locked, with its secrets. */
  private record Locked(Client client, List<Secret> secrets) {
    Secret secret(UUID id) {
      return secrets.stream()
          .filter(secret -> secret.id().equals(id))
          .findFirst()
          .orElseThrow(
              () -> new ClientRefusal(Reason.NOT_FOUND, "the client has no secret of that id"));
    }
  }

  private <T> Future<T> change(
      String source, String name, BiFunction<SqlConnection, Locked, Future<T>> work) {
    return pool.withTransaction(
            tx ->
                ClientRows.lock(tx, source, name)
                    .map(Clients::existing)
                    .compose(
                        client ->
                            ClientRows.secrets(tx, client.id())
                                .map(secrets -> new Locked(client, secrets)))
                    .compose(at -> work.apply(tx, at))
                    .compose(result -> ClientRows.raiseVersion(tx).map(result)))
        .onSuccess(done -> log.committed())
        .compose(result -> known.readAgain().map(result));
  }

  /**
   * @param kind null for any
   */
  private static List<Secret> valid(List<Secret> secrets, Kind kind) {
    Instant now = Instant.now();
    List<Secret> valid = new ArrayList<>();
    for (Secret secret : secrets) {
      if (secret.valid(now) && (kind == null || secret.kind() == kind)) {
        valid.add(secret);
      }
    }
    return valid;
  }

  private static Client existing(Client client) {
    if (client == null) {
      throw new ClientRefusal(Reason.NOT_FOUND, "the source has no client of that name");
    }
    return client;
  }

  private static void future(String what, Instant time) {
    if (time != null && !time.isAfter(Instant.now())) {
      throw new ClientRefusal(Reason.INVALID, what + " is not in the future");
    }
  }

  /** The event about a client's new secret. */
  public static SecurityEvent issued(Client client, Secret secret) {
    return new CredentialIssued(
        SecurityLog.REPORTER,
        client.source(),
        client.name(),
        secret.id().toString(),
        secret.kind().word(),
        secret.expires());
  }

  private static SecurityEvent rotated(Client client, Secret secret, Secret old, Instant oldEnds) {
    return new CredentialRotated(
        SecurityLog.REPORTER,
        client.source(),
        client.name(),
        secret.id().toString(),
        old.id().toString(),
        secret.kind().word(),
        secret.expires(),
        oldEnds);
  }

  private static SecurityEvent revoked(Client client, Secret secret) {
    return new CredentialRevoked(
        SecurityLog.REPORTER,
        client.source(),
        client.name(),
        secret.id().toString(),
        secret.kind().word());
  }
}
