package io.pgscim.applier.policy;

import java.io.IOException;

/** Where the files are that a policy extends. */
@FunctionalInterface
public interface Library {
  /** For a policy that stands alone. */
  Library NONE =
      name -> {
        throw new IOException("nothing can be extended here");
      };

  /**
   * The bytes of a file, {@link PolicyFile#MAX_BYTES} at most.
   *
   * @param name relative to the folder of the policy file, with slashes
   */
  byte[] open(String name) throws IOException;
}
