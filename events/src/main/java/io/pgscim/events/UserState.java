package io.pgscim.events;

import static io.pgscim.events.Guard.absentWhenDeleted;
import static io.pgscim.events.Guard.copy;
import static io.pgscim.events.Guard.identifier;
import static io.pgscim.events.Guard.risingVersion;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A person or service account as the directory knows it (RFC 7643 §4.1, §4.3).
 *
 * @param id the directory's id, stable for life and never reused
 * @param source the identity provider it came from
 * @param version the directory's version of the resource
 * @param deleted when true nothing personal is left: only id, source and version are present
 * @param userName as the identity provider spelled it
 * @param active false means: no access, whatever the groups say
 * @param extensions further schema URNs and their attributes, as received
 */
public record UserState(
    String id,
    String source,
    long version,
    boolean deleted,
    String userName,
    String externalId,
    Boolean active,
    String displayName,
    PersonName name,
    List<MultiValue> emails,
    String userType,
    List<MultiValue> roles,
    List<MultiValue> entitlements,
    Enterprise enterprise,
    Map<String, JsonNode> extensions)
    implements IdentityEvent {

  public UserState {
    identifier("id", id);
    identifier("source", source);
    risingVersion(version);
    emails = copy(emails);
    roles = copy(roles);
    entitlements = copy(entitlements);
    extensions = copy(extensions);
    if (deleted) {
      absentWhenDeleted("userName", userName);
      absentWhenDeleted("externalId", externalId);
      absentWhenDeleted("active", active);
      absentWhenDeleted("displayName", displayName);
      absentWhenDeleted("name", name);
      absentWhenDeleted("emails", emails);
      absentWhenDeleted("userType", userType);
      absentWhenDeleted("roles", roles);
      absentWhenDeleted("entitlements", entitlements);
      absentWhenDeleted("enterprise", enterprise);
      absentWhenDeleted("extensions", extensions);
    } else {
      identifier("userName", userName);
      if (active == null) {
        throw new IllegalArgumentException("active must be present while the user exists");
      }
    }
  }

  /** The state after deletion: nothing personal is left. */
  public static UserState deleted(String id, String source, long version) {
    return new UserState(
        id, source, version, true, null, null, null, null, null, null, null, null, null, null,
        null);
  }

  /** RFC 7643 §4.1.1 {@code name}. */
  public record PersonName(
      String formatted,
      String familyName,
      String givenName,
      String middleName,
      String honorificPrefix,
      String honorificSuffix) {}

  /** One element of a multi-valued attribute (RFC 7643 §2.4). */
  public record MultiValue(String value, String display, String type, Boolean primary) {}

  /** The enterprise extension (RFC 7643 §4.3); {@code manager} is the manager's id. */
  public record Enterprise(
      String employeeNumber,
      String costCenter,
      String organization,
      String division,
      String department,
      String manager) {}

  @Override
  public String key() {
    return "user/" + id;
  }
}
