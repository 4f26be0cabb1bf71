package io.pgscim.applier.policy;

import java.util.List;
import java.util.Objects;

/** What came of reading a policy file. The digest is SHA-256 of its bytes, lower-case hex. */
public sealed interface PolicyReading {

  String digest();

  /** A policy that can be put in force. */
  record Valid(Policy policy, String digest, byte[] bytes) implements PolicyReading {
    public Valid {
      Objects.requireNonNull(policy, "policy");
      Objects.requireNonNull(digest, "digest");
      Objects.requireNonNull(bytes, "bytes");
    }
  }

  /**
   * No policy.
   *
   * @param problems each {@code file:line: what is wrong and what to write instead}
   */
  record Invalid(String digest, List<String> problems) implements PolicyReading {
    public Invalid {
      Objects.requireNonNull(digest, "digest");
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("an invalid policy has a problem");
      }
    }
  }
}
