package io.pgscim.scim.schema;

/** When a value may be set (RFC 7643 §7). */
public enum Mutability {
  READ_ONLY("readOnly"),
  READ_WRITE("readWrite"),
  IMMUTABLE("immutable"),
  WRITE_ONLY("writeOnly");

  /** The name as it stands in a schema. */
  public final String keyword;

  Mutability(String keyword) {
    this.keyword = keyword;
  }
}
