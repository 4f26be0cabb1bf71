package io.pgscim.events;

/**
 * The closed set of event types: CloudEvents {@code type}, the record it stands for, the topic it
 * travels on.
 */
public enum EventType {
  USER("io.pgscim.identity.user", UserState.class, Topic.IDENTITY_EVENTS),
  GROUP("io.pgscim.identity.group", GroupState.class, Topic.IDENTITY_EVENTS),
  MEMBERSHIP("io.pgscim.identity.membership", MembershipState.class, Topic.IDENTITY_EVENTS),
  SESSIONS_REVOKED(
      "io.pgscim.identity.sessions-revoked", SessionsRevoked.class, Topic.IDENTITY_EVENTS),
  ROLE_CHANGED("io.pgscim.role.changed", RoleChanged.class, Topic.ROLE_CHANGES),
  ROLE_CHANGE_REFUSED("io.pgscim.role.change-refused", RoleChangeRefused.class, Topic.ROLE_CHANGES),
  SESSIONS_TERMINATED(
      "io.pgscim.role.sessions-terminated", SessionsTerminated.class, Topic.ROLE_CHANGES),
  REVOCATION_PROVEN("io.pgscim.role.revocation-proven", RevocationProven.class, Topic.ROLE_CHANGES),
  REVOCATION_UNPROVEN(
      "io.pgscim.role.revocation-unproven", RevocationUnproven.class, Topic.ROLE_CHANGES),
  AUTHENTICATION_FAILED(
      "io.pgscim.security.authentication-failed",
      AuthenticationFailed.class,
      Topic.SECURITY_EVENTS),
  CREDENTIAL_ISSUED(
      "io.pgscim.security.credential-issued", CredentialIssued.class, Topic.SECURITY_EVENTS),
  CREDENTIAL_ROTATED(
      "io.pgscim.security.credential-rotated", CredentialRotated.class, Topic.SECURITY_EVENTS),
  CREDENTIAL_REVOKED(
      "io.pgscim.security.credential-revoked", CredentialRevoked.class, Topic.SECURITY_EVENTS),
  CREDENTIAL_EXPIRING(
      "io.pgscim.security.credential-expiring", CredentialExpiring.class, Topic.SECURITY_EVENTS),
  REQUESTS_REFUSED(
      "io.pgscim.security.requests-refused", RequestsRefused.class, Topic.SECURITY_EVENTS),
  DEAD_LETTERED("io.pgscim.security.dead-lettered", DeadLettered.class, Topic.SECURITY_EVENTS),
  POLICY_ACCEPTED(
      "io.pgscim.security.policy-accepted", PolicyAccepted.class, Topic.SECURITY_EVENTS),
  POLICY_REJECTED(
      "io.pgscim.security.policy-rejected", PolicyRejected.class, Topic.SECURITY_EVENTS),
  PLAN_HELD("io.pgscim.security.plan-held", PlanHeld.class, Topic.SECURITY_EVENTS),
  HOLD_DECIDED("io.pgscim.security.hold-decided", HoldDecided.class, Topic.SECURITY_EVENTS),
  DRIFT_REPORTED("io.pgscim.security.drift-reported", DriftReported.class, Topic.SECURITY_EVENTS);

  /** CloudEvents {@code type}. */
  public final String ceType;

  /** The record that carries its data. */
  public final Class<? extends Event> data;

  /** Where it travels. */
  public final Topic topic;

  EventType(String ceType, Class<? extends Event> data, Topic topic) {
    this.ceType = ceType;
    this.data = data;
    this.topic = topic;
  }

  /** The type of an event. */
  public static EventType of(Event event) {
    return switch (event) {
      case UserState u -> USER;
      case GroupState g -> GROUP;
      case MembershipState m -> MEMBERSHIP;
      case SessionsRevoked s -> SESSIONS_REVOKED;
      case RoleChanged r -> ROLE_CHANGED;
      case RoleChangeRefused r -> ROLE_CHANGE_REFUSED;
      case SessionsTerminated s -> SESSIONS_TERMINATED;
      case RevocationProven r -> REVOCATION_PROVEN;
      case RevocationUnproven r -> REVOCATION_UNPROVEN;
      case AuthenticationFailed a -> AUTHENTICATION_FAILED;
      case CredentialIssued c -> CREDENTIAL_ISSUED;
      case CredentialRotated c -> CREDENTIAL_ROTATED;
      case CredentialRevoked c -> CREDENTIAL_REVOKED;
      case CredentialExpiring c -> CREDENTIAL_EXPIRING;
      case RequestsRefused r -> REQUESTS_REFUSED;
      case DeadLettered d -> DEAD_LETTERED;
      case PolicyAccepted p -> POLICY_ACCEPTED;
      case PolicyRejected p -> POLICY_REJECTED;
      case PlanHeld p -> PLAN_HELD;
      case HoldDecided h -> HOLD_DECIDED;
      case DriftReported d -> DRIFT_REPORTED;
    };
  }

  /** The type of that CloudEvents name; null when there is none. */
  public static EventType named(String ceType) {
    for (EventType type : values()) {
      if (type.ceType.equals(ceType)) {
        return type;
      }
    }
    return null;
  }

  /**
   * CloudEvents {@code dataschema}: the name under which {@code docs/events/} publishes the JSON
   * Schema.
   */
  public String dataSchema() {
    return "urn:pgscim:events:1.0:" + data.getSimpleName();
  }
}
