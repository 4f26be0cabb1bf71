package io.pgscim.ingest.directory;

import io.vertx.sqlclient.Tuple;

/** What else is committed together with a write. */
public record Statement(String sql, Tuple parameters) {}
