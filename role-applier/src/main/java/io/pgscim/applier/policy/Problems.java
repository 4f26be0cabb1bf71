package io.pgscim.applier.policy;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** What is wrong with a policy file, in the order it was found. */
final class Problems {
  /** More would not be read by anybody, and one mistake can cause many. */
  private static final int MOST = 50;

  private final String file;
  private final Map<Node, String> files = new IdentityHashMap<>();
  private final List<String> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  /**
   * @param line counted from 1; 0 = the file as a whole
   */
  void add(String in, int line, String sentence) {
    if (found.size() < MOST) {
      found.add(in + (line > 0 ? ":" + line : "") + ": " + sentence);
    }
  }

  void add(Node node, String sentence) {
    add(files.getOrDefault(node, file), node.getStartMark().getLine() + 1, sentence);
  }

  /** The node, with all in it, is of that file. */
  void standIn(String name, Node node) {
    files.put(node, name);
    switch (node) {
      case MappingNode mapping ->
          mapping
              .getValue()
              .forEach(
                  tuple -> {
                    standIn(name, tuple.getKeyNode());
                    standIn(name, tuple.getValueNode());
                  });
      case SequenceNode sequence -> sequence.getValue().forEach(element -> standIn(name, element));
      default -> {}
    }
  }

  /** The node was made of another one, and is of the same file. */
  void standsWith(Node made, Node of) {
    files.put(made, files.getOrDefault(of, file));
  }

  /** What the function makes of the value; null, and a problem, when it refuses. */
  <A, B> B checked(Node node, A value, Function<A, B> function) {
    try {
      return function.apply(value);
    } catch (IllegalArgumentException e) {
      add(node, e.getMessage());
      return null;
    }
  }

  boolean none() {
    return found.isEmpty();
  }

  List<String> all() {
    return List.copyOf(found);
  }
}
