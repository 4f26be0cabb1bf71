package io.pgscim.scim.schema;

/** Where a value is unique (RFC 7643 §7). */
public enum Uniqueness {
  NONE("none"),
  SERVER("server"),
  GLOBAL("global");

  /** The name as it stands in a schema. */
  public final String keyword;

  Uniqueness(String keyword) {
    this.keyword = keyword;
  }
}
