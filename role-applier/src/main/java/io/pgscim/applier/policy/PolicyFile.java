package io.pgscim.applier.policy;

import io.pgscim.applier.digest.Sha256;
import io.pgscim.applier.policy.PolicyReading.Invalid;
import io.pgscim.applier.policy.PolicyReading.Valid;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the bytes of a policy file. It never throws for what they hold: a mistake is a value. */
public final class PolicyFile {
  /** Longest file that is read, in bytes. */
  public static final int MAX_BYTES = 1_000_000;

  private static final int MAX_DEPTH = 20;

  private PolicyFile() {}

  /**
   * @param name the file's name in problems
   */
  public static PolicyReading read(String name, byte[] bytes) {
    String digest = Sha256.of(bytes);
    var problems = new Problems(name);
    Policy policy = bytes.length > MAX_BYTES ? tooLong(problems) : policy(bytes, problems);
    return problems.none() ? new Valid(policy, digest, bytes) : new Invalid(digest, problems.all());
  }

  /** A reading of a file that could not be opened. */
  public static PolicyReading unreadable(String name, String reason) {
    return new Invalid(Sha256.of(new byte[0]), List.of(name + ": cannot be read: " + reason));
  }

  private static Policy tooLong(Problems problems) {
    problems.add(0, "is longer than " + MAX_BYTES + " bytes; split the cluster's roles into fewer");
    return null;
  }

  private static Policy policy(byte[] bytes, Problems problems) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      Node root = new Yaml(options()).compose(new java.io.StringReader(text));
      if (root == null) {
        problems.add(0, "is empty; it needs at least cluster, databases and login_roles");
        return null;
      }
      return new PolicyReader(problems).read(root);
    } catch (CharacterCodingException e) {
      problems.add(0, "is not UTF-8 text");
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      problems.add(line, "is not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      problems.add(0, "is not YAML: " + e.getMessage());
    }
    return null;
  }

  private static LoaderOptions options() {
    var options = new LoaderOptions();
    options.setCodePointLimit(MAX_BYTES);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(0);
    return options;
  }
}
