package io.pgscim.audit.verify;

import java.io.IOException;

/**
 * A log is not what its signed checkpoint says: the first place where that shows. Its files could
 * be read, so trying again is of no use.
 */
public final class Wrong extends IOException {
  private static final long serialVersionUID = 1L;
  private final String where;

  /**
   * @param where the file, or the checkpoint
   * @param what what is wrong with it, with the entry where one can be named
   */
  public Wrong(String where, String what) {
    super(what);
    this.where = where;
  }

  /** As the verdict says it. */
  public Verdict.Broken verdict() {
    return new Verdict.Broken(where, getMessage());
  }
}
