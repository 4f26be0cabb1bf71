package io.pgscim.scim.schema;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One attribute and its characteristics (RFC 7643 §2.2, §7).
 *
 * @param caseExact whether upper and lower case differ in comparisons; references and binaries
 *     always are (§2.3.6, §2.3.7)
 * @param canonicalValues usual values; suggested, not enforced
 * @param subAttributes the parts of a complex attribute, none otherwise
 */
public record Attribute(
    String name,
    AttributeType type,
    boolean multiValued,
    String description,
    boolean required,
    List<String> canonicalValues,
    boolean caseExact,
    Mutability mutability,
    Returned returned,
    Uniqueness uniqueness,
    List<String> referenceTypes,
    Attributes subAttributes) {

  /** RFC 7643 §2.1, and {@code $ref}, which the RFC's own rule forgets. */
  private static final Pattern NAME = Pattern.compile("[$]?[A-Za-z][A-Za-z0-9$_-]*");

  public Attribute {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("\"" + name + "\" is not an attribute name");
    }
    canonicalValues = List.copyOf(canonicalValues);
    referenceTypes = List.copyOf(referenceTypes);
    if ((type == AttributeType.COMPLEX) == subAttributes.isEmpty()) {
      throw new IllegalArgumentException(
          "attribute " + name + ": complex attributes have subAttributes, others have none");
    }
    caseExact |= type == AttributeType.REFERENCE || type == AttributeType.BINARY;
  }

  /** The sub-attribute of that name, ignoring case; null when there is none. */
  public Attribute sub(String subAttribute) {
    return subAttributes.named(subAttribute);
  }

  public boolean complex() {
    return type == AttributeType.COMPLEX;
  }

  /**
   * Whether documents keep values of it. What only the server sets is not a client's to say, and
   * what only is written is checked and forgotten.
   */
  public boolean kept() {
    return mutability != Mutability.READ_ONLY && mutability != Mutability.WRITE_ONLY;
  }

  boolean requires() {
    return kept() && (required || !subAttributes.requiring().isEmpty());
  }

  boolean holdsUnique() {
    return kept() && (uniqueness != Uniqueness.NONE || !subAttributes.unique().isEmpty());
  }
}
