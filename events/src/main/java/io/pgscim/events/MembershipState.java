package io.pgscim.events;

import static io.pgscim.events.Guard.identifier;
import static io.pgscim.events.Guard.risingVersion;

import java.time.Instant;

/**
 * Whether one user is in one group, directly or through groups in it. A group of 100,000 is 100,000
 * of these, so that adding a member is one event.
 *
 * @param version the group's version at the change
 * @param validFrom the membership gives nothing before this; null = at once
 * @param validUntil the membership gives nothing from this on; null = no end
 */
public record MembershipState(
    String groupId,
    String userId,
    long version,
    boolean present,
    Instant validFrom,
    Instant validUntil)
    implements IdentityEvent {

  public MembershipState {
    identifier("groupId", groupId);
    identifier("userId", userId);
    risingVersion(version);
    if (validFrom != null && validUntil != null && !validFrom.isBefore(validUntil)) {
      throw new IllegalArgumentException(
          "validFrom " + validFrom + " is not before validUntil " + validUntil);
    }
  }

  /** A membership without a window. */
  public static MembershipState of(String groupId, String userId, long version, boolean present) {
    return new MembershipState(groupId, userId, version, present, null, null);
  }

  @Override
  public String key() {
    return "member/" + groupId + "/" + userId;
  }
}
