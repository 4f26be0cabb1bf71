package io.pgscim.ingest.errors;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.logging.Key;
import io.pgscim.ingest.logging.Log;
import io.pgscim.scim.ScimException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** The one place where a failure becomes an answer. */
public final class ScimErrors {
  private static final Log LOG = Log.of(ScimErrors.class);
  private static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";

  private ScimErrors() {}

  /**
   * The error that the client is told about. A fault of ours is logged with the request's txn, and
   * the client learns no more than that.
   */
  public static ScimException of(Throwable thrown, String txn) {
    // What a thread that waits is thrown is wrapped, and says nothing by itself.
    boolean wrapped = thrown instanceof CompletionException && thrown.getCause() != null;
    Throwable failure = wrapped ? thrown.getCause() : thrown;
    if (failure instanceof ScimException expected) {
      return expected;
    }
    if (isAway(failure)) {
      LOG.error("directory not reachable", Key.TXN.is(txn), Key.REASON.is(reason(failure)));
      return ScimException.of(503, "the directory is not reachable; try again");
    }
    LOG.error("request failed", failure, Key.TXN.is(txn), Key.REASON.is(reason(failure)));
    return ScimException.of(500, "internal error, logged under txn " + txn);
  }

  /** The body of an error. */
  public static ObjectNode json(ScimException error) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("schemas").add(SCHEMA);
    json.put("status", Integer.toString(error.status()));
    if (error.type() != null) {
      json.put("scimType", error.type().keyword);
    }
    return json.put("detail", error.getMessage());
  }

  /**
   * Connections that fail, close or do not come in time; servers that stop or start, or end a
   * statement because it waited too long; a schema that is not there yet.
   */
  private static boolean isAway(Throwable failure) {
    if (failure instanceof PgException refused) {
      String state = refused.getSqlState();
      return state != null
          && (state.startsWith("08")
              || state.startsWith("57")
              || state.startsWith("53")
              || state.equals("42P01"));
    }
    return failure instanceof IOException
        || failure instanceof TimeoutException
        || failure instanceof VertxException
        // All that the client has to say of a connection that is just being closed.
        || failure instanceof NoStackTraceThrowable;
  }

  private static String reason(Throwable failure) {
    return failure instanceof PgException refused
        ? "SQLSTATE " + refused.getSqlState()
        : failure.getClass().getSimpleName();
  }
}
