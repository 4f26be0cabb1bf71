package io.pgscim.applier.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Puts the values of {@code variables} where <code>${name}</code> stands. */
final class Variables {
  /** Key of the map of variables. */
  static final String KEY = "variables";

  private static final int LONGEST = 1000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern USE = Pattern.compile("\\$(\\$)?\\{([^{}]*)}");

  private final Problems problems;
  private final Map<String, String> values = new TreeMap<>();

  private Variables(Problems problems) {
    this.problems = problems;
  }

  /** The document without its variables, and their values in place. */
  static Node resolved(Problems problems, Node document) {
    if (!(document instanceof MappingNode mapping)) {
      return document;
    }
    var variables = new Variables(problems);
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(KEY)) {
        variables.define(new YamlMap(tuple.getValueNode(), KEY, problems));
      }
    }
    Node rest = Assembly.without(Assembly.without(mapping, KEY), Assembly.EXTENDS);
    problems.standsWith(rest, mapping);
    return variables.resolved(rest);
  }

  private void define(YamlMap map) {
    map.named()
        .forEach(
            (name, node) -> {
              String value = map.text(name).orElse("");
              if (!NAME.matcher(name).matches()) {
                problems.add(node, name + " is no name of a variable: letters, digits and _");
              } else if (value.length() > LONGEST || value.contains("${")) {
                problems.add(
                    node,
                    "a variable's value is text of at most "
                        + LONGEST
                        + " characters, without variables in it");
              }
              values.put(name, value);
            });
  }

  private Node resolved(Node node) {
    Node resolved =
        switch (node) {
          case ScalarNode scalar when scalar.getValue().contains("${") ->
              new ScalarNode(
                  scalar.getTag(),
                  true,
                  text(scalar),
                  scalar.getStartMark(),
                  scalar.getEndMark(),
                  scalar.getScalarStyle());
          case SequenceNode sequence -> {
            List<Node> elements = new ArrayList<>();
            sequence.getValue().forEach(element -> elements.add(resolved(element)));
            yield new SequenceNode(
                sequence.getTag(),
                true,
                elements,
                sequence.getStartMark(),
                sequence.getEndMark(),
                sequence.getFlowStyle());
          }
          case MappingNode mapping -> {
            List<NodeTuple> tuples = new ArrayList<>();
            mapping
                .getValue()
                .forEach(
                    tuple ->
                        tuples.add(
                            new NodeTuple(
                                resolved(tuple.getKeyNode()), resolved(tuple.getValueNode()))));
            yield new MappingNode(
                mapping.getTag(),
                true,
                tuples,
                mapping.getStartMark(),
                mapping.getEndMark(),
                mapping.getFlowStyle());
          }
          default -> node;
        };
    problems.standsWith(resolved, node);
    return resolved;
  }

  /** <code>$${</code> is <code>${</code>. */
  private String text(ScalarNode scalar) {
    return USE.matcher(scalar.getValue())
        .replaceAll(
            use ->
                Matcher.quoteReplacement(
                    use.group(1) != null ? use.group().substring(1) : value(scalar, use.group(2))));
  }

  private String value(ScalarNode scalar, String name) {
    String value = values.get(name);
    if (value == null) {
      problems.add(
          scalar,
          "${"
              + name
              + "} is not one of this policy's variables"
              + (values.isEmpty() ? "" : ", " + String.join(", ", values.keySet()))
              + "; add it under variables: at the top");
      return "${" + name + "}";
    }
    return value;
  }
}
