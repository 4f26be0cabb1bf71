package io.pgscim.applier.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of a YAML document that knows its lines. Whatever is asked for and is not as it should
 * be becomes a problem and an empty answer; what nobody asked for becomes one in {@link #end}.
 */
final class YamlMap {
  private final Node node;
  private final String what;
  private final Problems problems;
  private final Map<String, Node> entries = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();
  private final TreeSet<String> known = new TreeSet<>();
  private final Set<String> refused = new HashSet<>();

  /**
   * @param what the mapping in the words of a problem: {@code a rule}, {@code login_roles}
   */
  YamlMap(Node node, String what, Problems problems) {
    this.node = node;
    this.what = what;
    this.problems = problems;
    if (!(node instanceof MappingNode mapping)) {
      problems.add(node, what + " must be a mapping of keys to values");
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      Optional<String> key = scalar(tuple.getKeyNode());
      if (key.isEmpty()) {
        problems.add(tuple.getKeyNode(), "a key of " + what + " must be plain text");
      } else if (entries.put(key.get(), tuple.getValueNode()) != null) {
        problems.add(tuple.getKeyNode(), "'" + key.get() + "' is there twice; keep one");
      } else {
        keys.put(key.get(), tuple.getKeyNode());
      }
    }
  }

  Node node() {
    return node;
  }

  /** The entries, whatever their keys, of a mapping whose keys are names. */
  Map<String, Node> named() {
    known.addAll(entries.keySet());
    return entries;
  }

  boolean has(String key) {
    known.add(key);
    return entries.containsKey(key);
  }

  /** Keys that may be there, asked for or not. */
  void know(String... keys) {
    known.addAll(List.of(keys));
  }

  Optional<Node> get(String key) {
    known.add(key);
    return Optional.ofNullable(entries.get(key));
  }

  Optional<Node> required(String key, String example) {
    Optional<Node> value = get(key);
    if (value.isEmpty()) {
      problems.add(node, what + " needs '" + key + "', for example " + key + ": " + example);
    }
    return value;
  }

  Optional<String> text(String key) {
    return get(key).flatMap(value -> textOf(key, value));
  }

  Optional<String> requiredText(String key, String example) {
    return required(key, example).flatMap(value -> textOf(key, value));
  }

  /** The elements of a list; absent = none. */
  List<Node> list(String key) {
    return get(key).map(value -> listOf(key, value)).orElse(List.of());
  }

  /** The texts of a list; absent = none. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Node element : list(key)) {
      textOf(key, element).ifPresent(texts::add);
    }
    return texts;
  }

  Optional<YamlMap> map(String key) {
    return get(key).map(value -> new YamlMap(value, key, problems));
  }

  /** Says of a key that is part of the language but not served: why, and what to do. */
  void refuse(String key, String sentence) {
    if (entries.containsKey(key)) {
      problems.add(keys.get(key), "'" + key + "' " + sentence);
      refused.add(key);
    }
  }

  /** Reports every key that was not asked for. */
  void end() {
    for (Map.Entry<String, Node> key : keys.entrySet()) {
      if (!known.contains(key.getKey()) && !refused.contains(key.getKey())) {
        problems.add(
            key.getValue(),
            "'"
                + key.getKey()
                + "' is not known in "
                + what
                + "; known are "
                + String.join(", ", known));
      }
    }
  }

  private List<Node> listOf(String key, Node value) {
    if (value instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    problems.add(value, "'" + key + "' must be a list: " + key + ": [ … ]");
    return List.of();
  }

  private Optional<String> textOf(String key, Node value) {
    Optional<String> text = scalar(value);
    if (text.isEmpty()) {
      problems.add(value, "'" + key + "' must be text that is not empty");
    }
    return text;
  }

  private static Optional<String> scalar(Node node) {
    return node instanceof ScalarNode scalar
            && !Tag.NULL.equals(scalar.getTag())
            && !scalar.getValue().isBlank()
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }
}
