package io.pgscim.applier.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.Node;

/** What is wrong with a policy file, in the order it was found. */
final class Problems {
  /** More would not be read by anybody, and one mistake can cause many. */
  private static final int MOST = 50;

  private final String file;
  private final List<String> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  /**
   * @param line counted from 1; 0 = the file as a whole
   */
  void add(int line, String sentence) {
    if (found.size() < MOST) {
      found.add(file + (line > 0 ? ":" + line : "") + ": " + sentence);
    }
  }

  void add(Node node, String sentence) {
    add(node.getStartMark().getLine() + 1, sentence);
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
