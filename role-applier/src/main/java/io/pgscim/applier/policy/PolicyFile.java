package io.pgscim.applier.policy;

import io.pgscim.applier.digest.Sha256;
import io.pgscim.applier.policy.PolicyReading.Invalid;
import io.pgscim.applier.policy.PolicyReading.Valid;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the bytes of a policy file. It never throws for what they hold: a mistake is a value. */
public final class PolicyFile {
  /** Longest file that is read, in bytes. */
  public static final int MAX_BYTES = 1_000_000;

  private PolicyFile() {}

  /**
   * A policy that extends no other.
   *
   * @param name the file's name in problems
   */
  public static PolicyReading read(String name, byte[] bytes) {
    return read(name, bytes, Library.NONE);
  }

  /**
   * A policy and what it extends.
   *
   * @param name the file's name in problems
   */
  public static PolicyReading read(String name, byte[] bytes, Library library) {
    var problems = new Problems(name);
    var assembly = new Assembly(problems, library);
    Node document = assembly.of(name, bytes);
    Policy policy =
        document == null || !problems.none()
            ? null
            : new PolicyReader(problems).read(Variables.resolved(problems, document));
    String digest = assembly.digest();
    byte[] whole = !problems.none() || assembly.isOneFile() ? bytes : Assembly.written(document);
    if (whole.length > MAX_BYTES) {
      problems.add(name, 0, "is longer than " + MAX_BYTES + " bytes with what it extends");
    }
    return problems.none() ? new Valid(policy, digest, whole) : new Invalid(digest, problems.all());
  }

  /** A reading of a file that could not be opened. */
  public static PolicyReading unreadable(String name, String reason) {
    return new Invalid(Sha256.of(new byte[0]), List.of(name + ": cannot be read: " + reason));
  }
}
