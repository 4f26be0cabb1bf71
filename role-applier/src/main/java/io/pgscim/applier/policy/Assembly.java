package io.pgscim.applier.policy;

import io.pgscim.applier.digest.Sha256;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Makes one document of a policy file and those it extends: maps are merged, key by key and all the
 * way down; anything else, lists too, replaces what the extended file has; a key without a value
 * takes it away.
 */
final class Assembly {
  /** Key of the file that is extended. */
  static final String EXTENDS = "extends";

  private static final int MOST_FILES = 5;
  private static final int MAX_DEPTH = 20;

  private final Problems problems;
  private final Library library;
  private final List<String> names = new ArrayList<>();
  private final List<String> digests = new ArrayList<>();

  Assembly(Problems problems, Library library) {
    this.problems = problems;
    this.library = library;
  }

  /** The document; null, and a problem, when there is none. */
  Node of(String name, byte[] bytes) {
    List<Node> documents = new ArrayList<>();
    String next = name;
    byte[] content = bytes;
    while (content != null) {
      names.add(next);
      digests.add(Sha256.of(content));
      Node document = compose(next, content);
      if (document == null) {
        return null;
      }
      documents.add(document);
      Node base = extended(document);
      next = base == null ? null : resolved(next, base);
      content = next == null ? null : open(next, base);
    }
    Node whole = documents.removeLast();
    while (!documents.isEmpty()) {
      whole = merged(whole, documents.removeLast());
    }
    return whole;
  }

  /** SHA-256 over all files, lower-case hex; of a single one that of its bytes. */
  String digest() {
    return digests.size() == 1
        ? digests.getFirst()
        : Sha256.of(String.join("\n", digests).getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the document stands in one file. */
  boolean isOneFile() {
    return names.size() == 1;
  }

  /** The document as one file that extends nothing. */
  static byte[] written(Node document) {
    var text = new StringWriter();
    new Yaml().serialize(without(document, EXTENDS), text);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The same mapping without one key. */
  static Node without(Node document, String key) {
    return document instanceof MappingNode mapping
        ? copy(
            mapping,
            mapping.getValue().stream().filter(tuple -> !key.equals(keyOf(tuple))).toList())
        : document;
  }

  private Node compose(String name, byte[] bytes) {
    if (bytes.length > PolicyFile.MAX_BYTES) {
      problems.add(
          name,
          0,
          "is longer than "
              + PolicyFile.MAX_BYTES
              + " bytes; split the cluster's roles into fewer");
      return null;
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      Node document = new Yaml(options()).compose(new StringReader(text));
      if (document == null) {
        problems.add(name, 0, "is empty; it needs at least cluster, databases and login_roles");
        return null;
      }
      problems.standIn(name, document);
      return document;
    } catch (CharacterCodingException e) {
      problems.add(name, 0, "is not UTF-8 text");
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      problems.add(name, line, "is not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      problems.add(name, 0, "is not YAML: " + e.getMessage());
    }
    return null;
  }

  private static LoaderOptions options() {
    var options = new LoaderOptions();
    options.setCodePointLimit(PolicyFile.MAX_BYTES);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(0);
    return options;
  }

  /** The value of {@code extends}; null when there is none. */
  private static Node extended(Node document) {
    if (document instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (EXTENDS.equals(keyOf(tuple))) {
          return tuple.getValueNode();
        }
      }
    }
    return null;
  }

  /** The name of the extended file; null, and a problem, when it cannot be that. */
  private String resolved(String from, Node base) {
    try {
      Path path = base instanceof ScalarNode scalar ? Path.of(scalar.getValue()) : null;
      if (path == null || path.isAbsolute() || path.toString().isBlank()) {
        problems.add(base, "extends: is the path of one file, relative to this one");
        return null;
      }
      String name = Path.of(from).resolveSibling(path).normalize().toString().replace('\\', '/');
      if (names.contains(name)) {
        problems.add(base, "a file extends itself: " + String.join(", ", names) + ", " + name);
        return null;
      }
      if (names.size() == MOST_FILES) {
        problems.add(base, "more than " + MOST_FILES + " files extend one another");
        return null;
      }
      return name;
    } catch (InvalidPathException e) {
      problems.add(base, "extends: is no path: " + e.getReason());
      return null;
    }
  }

  private byte[] open(String name, Node base) {
    try {
      return library.open(name);
    } catch (IOException e) {
      problems.add(
          base, name + " cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage());
      digests.add(name);
      return null;
    }
  }

  private Node merged(Node base, Node over) {
    if (!(base instanceof MappingNode below) || !(over instanceof MappingNode above)) {
      return over;
    }
    Map<String, NodeTuple> merged = byKey(below);
    byKey(above)
        .forEach(
            (key, tuple) -> {
              NodeTuple known = merged.get(key);
              if (Tag.NULL.equals(tuple.getValueNode().getTag())) {
                merged.remove(key);
              } else {
                merged.put(
                    key,
                    known == null
                        ? tuple
                        : new NodeTuple(
                            tuple.getKeyNode(),
                            merged(known.getValueNode(), tuple.getValueNode())));
              }
            });
    Node whole = copy(above, List.copyOf(merged.values()));
    problems.standsWith(whole, above);
    return whole;
  }

  private Map<String, NodeTuple> byKey(MappingNode mapping) {
    Map<String, NodeTuple> tuples = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = keyOf(tuple);
      if (key == null) {
        problems.add(tuple.getKeyNode(), "a key must be plain text");
      } else if (tuples.put(key, tuple) != null) {
        problems.add(tuple.getKeyNode(), "'" + key + "' is there twice; keep one");
      }
    }
    return tuples;
  }

  private static MappingNode copy(MappingNode of, List<NodeTuple> tuples) {
    return new MappingNode(
        of.getTag(), true, tuples, of.getStartMark(), of.getEndMark(), of.getFlowStyle());
  }

  private static String keyOf(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : null;
  }
}
