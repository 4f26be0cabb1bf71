package io.pgscim.scim.filter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.path.Target;
import java.math.BigDecimal;
import java.util.List;

/**
 * A filter that has been given its meaning for one resource type: every attribute is found, every
 * operand is of the attribute's type and in its comparable form.
 */
public sealed interface Condition {
  /** What every resource satisfies. */
  Condition ALWAYS = new All(List.of());

  /** What no resource satisfies. */
  Condition NEVER = new Any(List.of());

  /** All parts hold. */
  record All(List<Condition> parts) implements Condition {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** Any part holds. */
  record Any(List<Condition> parts) implements Condition {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /** The part does not hold. */
  record Not(Condition part) implements Condition {}

  /** The target has a value that is not empty. */
  record Present(Target target) implements Condition {}

  /**
   * A value of the target compares so. Of several values any may (RFC 7644 §3.4.2.2); an attribute
   * without a value is not equal to anything, so {@code ne} holds and no other operator does.
   */
  record Test(Target target, Operator operator, Operand operand) implements Condition {}

  /**
   * One and the same element of the target satisfies the condition, whose targets are parts of that
   * element.
   */
  record Element(Target target, Condition each) implements Condition {}

  /** What a value is compared with, in the comparable form of {@link ComparableForm}. */
  sealed interface Operand {
    /** A string, reference, binary or dateTime. */
    record Text(String value) implements Operand {}

    /** An integer or decimal. */
    record Number(BigDecimal value) implements Operand {}

    /** A boolean. */
    record Flag(boolean value) implements Operand {}

    /** No value. */
    record Nothing() implements Operand {}
  }

  /** Whether a resource, spelled as its schemas spell it, satisfies the condition. */
  default boolean matches(ObjectNode resource) {
    return Evaluation.of(this, resource);
  }
}
