package io.pgscim.applier.policy;

/** What a policy is for. */
public enum Mode {
  /** The cluster is made what the policy says. */
  ENFORCE,
  /** What would be done can be read; nothing is. */
  OBSERVE
}
