package io.pgscim.scim.schema;

/** What every resource has, whatever its schemas: schemas, id, externalId, meta (RFC 7643 §3.1). */
public final class CommonAttributes {
  /** All of them. */
  public static final Attributes ALL = SchemaFile.schema("common").attributes();

  private CommonAttributes() {}
}
