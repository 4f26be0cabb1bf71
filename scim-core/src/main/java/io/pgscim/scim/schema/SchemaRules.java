package io.pgscim.scim.schema;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a schema from a file has to keep to, so that each of its characteristics can be enforced
 * (RFC 7643 §2.3, §7).
 */
final class SchemaRules {
  /** A URN (RFC 8141), short enough to be part of an index. */
  private static final Pattern URN = Pattern.compile("(?i:urn):[A-Za-z0-9][A-Za-z0-9:._-]{1,250}");

  private static final Set<AttributeType> COMPARED =
      EnumSet.of(
          AttributeType.STRING,
          AttributeType.REFERENCE,
          AttributeType.INTEGER,
          AttributeType.DECIMAL);

  private SchemaRules() {}

  /**
   * @throws IllegalArgumentException naming the attribute and the cure
   */
  static void check(Schema schema) {
    if (!URN.matcher(schema.id()).matches()) {
      throw new IllegalArgumentException(
          "the id \"" + schema.id() + "\" is not a URN, as in urn:example:scim:schemas:Thing");
    }
    if (schema.attributes().isEmpty()) {
      throw new IllegalArgumentException("the schema has no attributes; give it one");
    }
    for (Attribute attribute : schema.attributes()) {
      check(attribute, attribute.name());
      for (Attribute sub : attribute.subAttributes()) {
        String where = attribute.name() + "." + sub.name();
        refuse(sub.complex(), where, "a part of a complex attribute is simple");
        check(sub, where);
        boolean kept = attribute.kept() || sub.uniqueness() == Uniqueness.NONE;
        refuse(!kept, where, "a unique value is kept; its whole must be readWrite or immutable");
      }
    }
  }

  private static void check(Attribute attribute, String where) {
    boolean writeOnly = attribute.mutability() == Mutability.WRITE_ONLY;
    refuse(
        attribute.required() && !attribute.kept(),
        where,
        "what is required can be set and is kept; make it readWrite or immutable, or not required");
    refuse(
        writeOnly && attribute.returned() != Returned.NEVER,
        where,
        "what is writeOnly is never returned; set returned to never");
    boolean unique = attribute.uniqueness() != Uniqueness.NONE;
    refuse(
        unique && !attribute.kept(),
        where,
        "a unique value is kept; make it readWrite or immutable");
    refuse(
        unique && !COMPARED.contains(attribute.type()),
        where,
        "only a string, reference, integer or decimal is unique; set uniqueness to none");
    refuse(
        !attribute.canonicalValues().isEmpty() && attribute.type() != AttributeType.STRING,
        where,
        "only a string has canonicalValues; leave them out");
    refuse(
        !attribute.referenceTypes().isEmpty() && attribute.type() != AttributeType.REFERENCE,
        where,
        "only a reference has referenceTypes; set type to reference or leave them out");
    refuse(
        attribute.name().equalsIgnoreCase("primary") && attribute.type() != AttributeType.BOOLEAN,
        where,
        "primary is true for one value of many; set type to boolean");
  }

  private static void refuse(boolean broken, String where, String cure) {
    if (broken) {
      throw new IllegalArgumentException("attribute " + where + ": " + cure);
    }
  }
}
