package io.pgscim.scim.schema;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Attributes in the order of their schema, found by name in any case (RFC 7643 §2.1). Those that
 * every write has to look after are known beforehand.
 */
public final class Attributes implements Iterable<Attribute> {
  /** None. */
  public static final Attributes NONE = new Attributes(List.of());

  private final List<Attribute> inOrder;
  private final Map<String, Attribute> byName = new HashMap<>();
  private final List<Attribute> requiring;
  private final List<Attribute> unique;

  /**
   * @throws IllegalArgumentException when two differ only in the case of their names
   */
  public Attributes(List<Attribute> inOrder) {
    this.inOrder = List.copyOf(inOrder);
    for (Attribute attribute : inOrder) {
      if (byName.put(attribute.name().toLowerCase(Locale.ROOT), attribute) != null) {
        throw new IllegalArgumentException("attribute " + attribute.name() + " is defined twice");
      }
    }
    // Most clients spell names as the schema does: they are found without folding.
    for (Attribute attribute : inOrder) {
      byName.put(attribute.name(), attribute);
    }
    this.requiring = this.inOrder.stream().filter(Attribute::requires).toList();
    this.unique = this.inOrder.stream().filter(Attribute::holdsUnique).toList();
  }

  /** Those of which a document has to hold something: they, or parts of them, are required. */
  public List<Attribute> requiring() {
    return requiring;
  }

  /** Those whose values, or those of some part, no other resource may have. */
  public List<Attribute> unique() {
    return unique;
  }

  /** The attribute of that name, ignoring case; null when there is none. */
  public Attribute named(String name) {
    Attribute exact = byName.get(name);
    return exact != null ? exact : byName.get(name.toLowerCase(Locale.ROOT));
  }

  public boolean isEmpty() {
    return inOrder.isEmpty();
  }

  @Override
  public Iterator<Attribute> iterator() {
    return inOrder.iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attributes attributes && inOrder.equals(attributes.inOrder);
  }

  @Override
  public int hashCode() {
    return inOrder.hashCode();
  }

  @Override
  public String toString() {
    return inOrder.toString();
  }
}
