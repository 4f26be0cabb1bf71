package io.pgscim.events;

/**
 * Something about pgscim itself that an auditor must see: who was turned away, which credentials
 * there are, which policy is in force, which plan waits for whom, what a cluster has past it.
 */
public sealed interface SecurityEvent extends Event
    permits AuthenticationFailed,
        CredentialExpiring,
        CredentialIssued,
        CredentialRevoked,
        CredentialRotated,
        DeadLettered,
        DriftReported,
        HoldDecided,
        PlanHeld,
        PolicyAccepted,
        PolicyRejected,
        RequestsRefused {

  /**
   * The service that says so, e.g. {@code scim-ingest} or {@code role-applier/production}; the
   * record key.
   */
  String reporter();

  @Override
  default String key() {
    return reporter();
  }
}
