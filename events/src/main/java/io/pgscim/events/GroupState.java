package io.pgscim.events;

import static io.pgscim.events.Guard.absentWhenDeleted;
import static io.pgscim.events.Guard.identifier;
import static io.pgscim.events.Guard.risingVersion;

/**
 * A group without its members (RFC 7643 §4.2); each membership is a {@link MembershipState} of its
 * own.
 *
 * @param version the directory's version of the resource; a change of members raises it too
 */
public record GroupState(
    String id, String source, long version, boolean deleted, String displayName, String externalId)
    implements IdentityEvent {

  public GroupState {
    identifier("id", id);
    identifier("source", source);
    risingVersion(version);
    if (deleted) {
      absentWhenDeleted("displayName", displayName);
      absentWhenDeleted("externalId", externalId);
    } else {
      identifier("displayName", displayName);
    }
  }

  /** The state after deletion. */
  public static GroupState deleted(String id, String source, long version) {
    return new GroupState(id, source, version, true, null, null);
  }

  @Override
  public String key() {
    return "group/" + id;
  }
}
