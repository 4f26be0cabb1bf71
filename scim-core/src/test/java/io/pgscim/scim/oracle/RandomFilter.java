package io.pgscim.scim.oracle;

import io.pgscim.scim.oracle.Expression.Comparison;
import io.pgscim.scim.oracle.Expression.Element;
import io.pgscim.scim.oracle.Expression.Group;
import io.pgscim.scim.oracle.Expression.Logical;
import io.pgscim.scim.path.Target;
import io.pgscim.scim.schema.Attribute;
import io.pgscim.scim.schema.CommonAttributes;
import io.pgscim.scim.schema.ResourceType;
import io.pgscim.scim.schema.ResourceType.Extension;
import io.pgscim.scim.schema.Returned;
import java.util.ArrayList;
import java.util.List;

/** Filters that the grammar of RFC 7644 figure 1 allows, over the attributes of a type. */
public final class RandomFilter {
  private final Draw draw;
  private final ResourceType type;
  private final List<Target> targets = new ArrayList<>();

  public RandomFilter(Draw draw, ResourceType type) {
    this.draw = draw;
    this.type = type;
    type.schema().attributes().forEach(this::add);
    for (Extension extension : type.extensions()) {
      extension
          .schema()
          .attributes()
          .forEach(attribute -> targets.add(new Target(extension.schema(), attribute, null)));
    }
    targets.add(new Target(null, CommonAttributes.ALL.named("externalId"), null));
    targets.add(new Target(null, CommonAttributes.ALL.named("id"), null));
  }

  private void add(Attribute attribute) {
    if (attribute.returned() != Returned.NEVER) {
      targets.add(new Target(null, attribute, null));
    }
  }

  /** One as it would be sent. */
  public String text() {
    return filter().text();
  }

  Expression filter() {
    return filter(3, null);
  }

  /** What may stand in the brackets of the target. */
  Expression within(Target target) {
    return filter(2, target);
  }

  private Expression filter(int depth, Target element) {
    int kind = depth == 0 ? 0 : draw.below(10);
    return switch (kind) {
      case 6, 7 -> logical(draw.of("and", "or"), depth - 1, element);
      case 8 -> new Group(draw.of("not (", "not("), filter(depth - 1, element));
      case 9 -> new Group("(", filter(depth - 1, element));
      default -> term(element);
    };
  }

  /** An {@code or} inside an {@code and} needs brackets; the other way round it needs none. */
  private Expression logical(String word, int depth, Target element) {
    List<Expression> parts = new ArrayList<>();
    for (int i = 1 + draw.below(2); i >= 0; i--) {
      Expression part = filter(depth, element);
      boolean looser =
          part instanceof Logical inner
              && inner.word().equalsIgnoreCase("or")
              && word.equals("and");
      parts.add(looser ? new Group("(", part) : part);
    }
    return new Logical(draw.cased(word), parts);
  }

  private Expression term(Target element) {
    if (element != null) {
      return comparison(element, element.attribute(), false);
    }
    Target target = draw.of(targets);
    if (target.attribute().multiValued() && target.attribute().complex() && draw.chance(0.5)) {
      return new Element(target, path(target), filter(1, target));
    }
    return comparison(target, target.attribute(), true);
  }

  private Expression comparison(Target target, Attribute attribute, boolean named) {
    Target leaf = target;
    String path = named ? path(target) : "";
    if (attribute.complex()) {
      List<Attribute> subs = new ArrayList<>();
      attribute.subAttributes().forEach(subs::add);
      Attribute sub = draw.of(subs);
      if (!named || draw.chance(0.9)) {
        leaf = target.part(sub);
        path += (named ? "." : "") + draw.cased(sub.name());
      }
    }
    if (draw.chance(0.1)) {
      return new Comparison(leaf, path, draw.cased("pr"), null);
    }
    String operator = draw.of("eq", "eq", "eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le");
    Attribute compared = leaf.leaf().complex() ? leaf.leaf().sub("value") : leaf.leaf();
    return new Comparison(
        leaf,
        path,
        draw.cased(operator),
        compared == null ? "\"a\"" : Values.compared(draw, compared));
  }

  private String path(Target target) {
    String name = draw.cased(target.attribute().name());
    if (target.extension() != null) {
      return target.extension().id() + ":" + name;
    }
    boolean common = CommonAttributes.ALL.named(name) != null;
    return !common && draw.chance(0.1) ? type.schema().id() + ":" + name : name;
  }
}
