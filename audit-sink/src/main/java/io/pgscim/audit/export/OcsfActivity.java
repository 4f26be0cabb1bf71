package io.pgscim.audit.export;

import static io.pgscim.audit.export.OcsfClass.ACCOUNT_CHANGE;
import static io.pgscim.audit.export.OcsfClass.AUTHENTICATION;
import static io.pgscim.audit.export.OcsfClass.BASE_EVENT;
import static io.pgscim.audit.export.OcsfClass.ENTITY_MANAGEMENT;
import static io.pgscim.audit.export.OcsfClass.GROUP_MANAGEMENT;
import static io.pgscim.audit.export.OcsfClass.USER_ACCESS;

import com.fasterxml.jackson.databind.JsonNode;

/** Which class and activity an entry is. The one place that decides it. */
record OcsfActivity(OcsfClass ofClass, int id, String name) {
  static final int OTHER = 99;

  long typeUid() {
    return ofClass.uid * 100L + id;
  }

  /** What no class fits becomes a base event: nothing is ever left out. */
  static OcsfActivity of(JsonNode entry) {
    String what = entry.path("what").asText();
    boolean first = entry.path("details").path("version").asLong() == 1;
    boolean person = entry.path("which").has("user");
    return switch (what) {
      case "put-user" ->
          first ? ACCOUNT_CHANGE.activity(1, "Create") : ACCOUNT_CHANGE.other("Update");
      case "delete-user" -> ACCOUNT_CHANGE.activity(6, "Delete");
      case "put-group" ->
          first ? GROUP_MANAGEMENT.activity(6, "Create") : GROUP_MANAGEMENT.other("Update");
      case "delete-group" -> GROUP_MANAGEMENT.activity(5, "Delete");
      case "add-member" -> GROUP_MANAGEMENT.activity(3, "Add User");
      case "remove-member" -> GROUP_MANAGEMENT.activity(4, "Remove User");
      case "create-role" ->
          person ? ACCOUNT_CHANGE.activity(1, "Create") : GROUP_MANAGEMENT.activity(6, "Create");
      case "drop-role" ->
          person ? ACCOUNT_CHANGE.activity(6, "Delete") : GROUP_MANAGEMENT.activity(5, "Delete");
      case "enable-login" -> ACCOUNT_CHANGE.activity(2, "Enable");
      case "disable-login" -> ACCOUNT_CHANGE.activity(5, "Disable");
      case "adopt-role", "alter-role", "change-role" ->
          person ? ACCOUNT_CHANGE.other(what) : GROUP_MANAGEMENT.other(what);
      case "grant-membership" ->
          person
              ? GROUP_MANAGEMENT.activity(3, "Add User")
              : GROUP_MANAGEMENT.activity(7, "Add Subgroup");
      case "revoke-membership" ->
          person
              ? GROUP_MANAGEMENT.activity(4, "Remove User")
              : GROUP_MANAGEMENT.activity(8, "Remove Subgroup");
      case "grant-privilege", "grant-default-privilege" ->
          (person ? USER_ACCESS : GROUP_MANAGEMENT).activity(1, "Assign Privileges");
      case "revoke-privilege", "revoke-default-privilege" ->
          (person ? USER_ACCESS : GROUP_MANAGEMENT).activity(2, "Revoke Privileges");
      case "reassign-objects" -> ENTITY_MANAGEMENT.activity(5, "Move");
      case "terminate-sessions" -> AUTHENTICATION.activity(2, "Logoff");
      case "authenticate" -> AUTHENTICATION.activity(1, "Logon");
      case "issue-credential" -> ENTITY_MANAGEMENT.activity(1, "Create");
      case "rotate-credential" -> ENTITY_MANAGEMENT.activity(3, "Update");
      case "revoke-credential" -> ENTITY_MANAGEMENT.activity(4, "Delete");
      case "warn-of-expiry" -> ENTITY_MANAGEMENT.other(what);
      case "change-policy" -> ENTITY_MANAGEMENT.activity(3, "Update");
      case "hold-plan", "approve-plan", "reject-plan", "supersede-plan" ->
          ENTITY_MANAGEMENT.other(what);
      default -> BASE_EVENT.other(what);
    };
  }
}
