package io.pgscim.ingest.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.directory.Statement;
import java.util.Map;

/**
 * Remembers how far a request came, so that it can be gone on with after a crash. Its statements
 * travel in the transactions of what they are about.
 */
public interface Journal {

  /** What is known about an operation from before. */
  record Entry(String location, ObjectNode result) {}

  /**
   * What there is from before, by the index of the operation; without a result when it was begun
   * only.
   */
  Map<Integer, Entry> before();

  /** That an operation has created its resource, but not all of it. */
  Statement begun(int operation, String location);

  /**
   * That an operation was done.
   *
   * @param path what it named
   * @param begun whether it was begun before
   */
  Statement done(int operation, String path, ObjectNode result, boolean begun);

  /** Makes sure that a result is remembered; when this returns, it is. */
  void note(int operation, String path, ObjectNode result);
}
