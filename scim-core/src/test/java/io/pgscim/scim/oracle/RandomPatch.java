package io.pgscim.scim.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.oracle.Expression.Comparison;
import io.pgscim.scim.oracle.Expression.Logical;
import io.pgscim.scim.path.Target;
import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.AttributeType;
import io.pgscim.scim.schema.Mutability;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.ResourceType.Extension;
import io.pgscim.scim.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Operations that RFC 7644 §3.5.2 and its figure 7 allow, over the attributes of a type. */
public final class RandomPatch {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Draw draw;
  private final ResourceType type;
  private final Predicate<Attribute> wanted;
  private final List<Target> targets = new ArrayList<>();

  public RandomPatch(Draw draw, ResourceType type) {
    this.draw = draw;
    this.type = type;
    this.wanted = wanted(type);
    add(null, type.schema());
    for (Extension extension : type.extensions()) {
      add(extension.schema(), extension.schema());
    }
  }

  private void add(Schema extension, Schema schema) {
    for (Attribute attribute : schema.attributes()) {
      if (wanted.test(attribute)) {
        targets.add(new Target(extension, attribute, null));
      }
    }
  }

  /** What random resources and operations are about: of members only who they are is kept. */
  public static Predicate<Attribute> wanted(ResourceType type) {
    return type.membership() == null
        ? RandomPatch::writable
        : attribute -> List.of("displayName", "members", "value").contains(attribute.name());
  }

  private static boolean writable(Attribute attribute) {
    return attribute.mutability() == Mutability.READ_WRITE
        || attribute.mutability() == Mutability.IMMUTABLE;
  }

  /** A request of one to three operations. */
  public ObjectNode request() {
    return PatchStep.request(steps());
  }

  /** One to three operations. */
  List<PatchStep> steps() {
    List<PatchStep> steps = new ArrayList<>();
    for (int i = draw.below(3); i >= 0; i--) {
      steps.add(step());
    }
    return steps;
  }

  private PatchStep step() {
    String op = draw.of("add", "remove", "replace");
    Target target = draw.of(targets);
    Attribute attribute = target.attribute();
    if (!op.equals("remove") && draw.chance(0.2)) {
      return pathless(op);
    }
    if (!attribute.complex() || draw.chance(0.4)) {
      return new PatchStep(op, path(target), target, null, null, value(op, attribute));
    }
    Attribute sub = draw.of(parts(attribute));
    if (!attribute.multiValued() || draw.chance(0.2)) {
      Target part = target.part(sub);
      return new PatchStep(op, path(target) + "." + sub.name(), part, null, null, value(op, sub));
    }
    Expression filter = selection(target);
    String path = path(target) + "[" + filter.text() + "]";
    if (draw.chance(0.5)) {
      return new PatchStep(
          op, path, target, filter, null, op.equals("remove") ? null : one(attribute));
    }
    Attribute named = draw.of(parts(attribute));
    return new PatchStep(
        op, path + "." + named.name(), target.part(named), filter, null, value(op, named));
  }

  private PatchStep pathless(String op) {
    ObjectNode value = JSON.objectNode();
    List<Target> named = new ArrayList<>();
    for (int i = draw.below(3); i >= 0; i--) {
      Target target = draw.of(targets);
      ObjectNode holder =
          target.extension() == null ? value : value.withObjectProperty(target.extension().id());
      holder.set(target.attribute().name(), whole(target.attribute()));
      named.add(target);
    }
    return new PatchStep(op, null, null, null, named, value);
  }

  private JsonNode value(String op, Attribute attribute) {
    return op.equals("remove") ? null : whole(attribute);
  }

  private JsonNode whole(Attribute attribute) {
    JsonNode value = RandomResource.value(draw, attribute, wanted);
    boolean empty = value.isContainerNode() && value.isEmpty();
    return empty ? whole(attribute) : value;
  }

  private JsonNode one(Attribute attribute) {
    JsonNode value = RandomResource.one(draw, attribute, wanted);
    return value.isEmpty() ? one(attribute) : value;
  }

  private List<Attribute> parts(Attribute attribute) {
    List<Attribute> parts = new ArrayList<>();
    attribute
        .subAttributes()
        .forEach(
            part -> {
              if (wanted.test(part)) {
                parts.add(part);
              }
            });
    return parts;
  }

  private String path(Target target) {
    String name = draw.cased(target.attribute().name());
    return target.extension() == null ? name : target.extension().id() + ":" + name;
  }

  /** How filters are understood is another question: here everybody understands them the same. */
  private Expression selection(Target target) {
    List<Expression> parts = new ArrayList<>();
    for (int i = draw.below(2); i >= 0; i--) {
      Attribute sub = draw.of(plain(target.attribute()));
      List<String> usual = sub.canonicalValues();
      String value = draw.of(usual.isEmpty() ? List.of("a", "b", "ab") : usual);
      parts.add(new Comparison(target.part(sub), draw.cased(sub.name()), "eq", '"' + value + '"'));
    }
    return parts.size() == 1 ? parts.get(0) : new Logical(draw.of("and", "or"), parts);
  }

  private List<Attribute> plain(Attribute attribute) {
    return parts(attribute).stream()
        .filter(
            part ->
                part.type() == AttributeType.STRING
                    && (!part.caseExact() || type.membership() != null))
        .toList();
  }
}
