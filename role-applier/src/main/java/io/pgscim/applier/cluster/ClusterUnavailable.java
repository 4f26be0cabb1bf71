package io.pgscim.applier.cluster;

/**
 * The cluster cannot be reached, or the connection to it was lost. Whether a commit that was under
 * way took place is unknown; only reading the ledger on a new connection tells.
 */
public final class ClusterUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClusterUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
