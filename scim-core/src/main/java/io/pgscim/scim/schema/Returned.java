package io.pgscim.scim.schema;

/** When a value is returned (RFC 7643 §7). */
public enum Returned {
  ALWAYS("always"),
  NEVER("never"),
  DEFAULT("default"),
  REQUEST("request");

  /** The name as it stands in a schema. */
  public final String keyword;

  Returned(String keyword) {
    this.keyword = keyword;
  }
}
