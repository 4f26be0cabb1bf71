package io.pgscim.ingest.logging;

import java.util.Locale;

/** What a log line can be about. Nothing here names a person. */
public enum Key {
  /** An identity provider, by the name it is configured under. */
  SOURCE,
  /** A resource type. */
  TYPE,
  /** A resource, by the id it has here. */
  ID,
  /** A resource's version after what happened. */
  VERSION,
  /** The request, as in its events. */
  TXN,
  /** Who asked: a client of a source. */
  ACTOR,
  /** Why, in a word, or the kind of a failure. */
  REASON,
  /** The network address of a client. */
  ADDRESS,
  /** How many. */
  COUNT,
  /** Every how often, as an ISO 8601 duration. */
  EVERY;

  /** The key as it stands in the log. */
  final String label = name().toLowerCase(Locale.ROOT);

  /** A fact; null is left out. */
  public Fact is(Object value) {
    return new Fact(this, value == null ? null : value.toString());
  }

  /** What a line says under one key. */
  public record Fact(Key key, String value) {}
}
