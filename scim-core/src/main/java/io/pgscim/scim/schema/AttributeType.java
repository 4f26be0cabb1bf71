package io.pgscim.scim.schema;

/** SCIM data types (RFC 7643 §2.3, table 1). */
public enum AttributeType {
  STRING("string"),
  BOOLEAN("boolean"),
  DECIMAL("decimal"),
  INTEGER("integer"),
  DATE_TIME("dateTime"),
  BINARY("binary"),
  REFERENCE("reference"),
  COMPLEX("complex");

  /** The name as it stands in a schema. */
  public final String keyword;

  AttributeType(String keyword) {
    this.keyword = keyword;
  }
}
