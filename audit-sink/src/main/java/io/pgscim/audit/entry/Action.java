package io.pgscim.audit.entry;

import io.pgscim.events.AuthenticationFailed;
import io.pgscim.events.CredentialExpiring;
import io.pgscim.events.CredentialIssued;
import io.pgscim.events.CredentialRevoked;
import io.pgscim.events.CredentialRotated;
import io.pgscim.events.DeadLettered;
import io.pgscim.events.DriftReported;
import io.pgscim.events.Event;
import io.pgscim.events.GroupState;
import io.pgscim.events.HoldDecided;
import io.pgscim.events.MembershipState;
import io.pgscim.events.PlanHeld;
import io.pgscim.events.PolicyAccepted;
import io.pgscim.events.PolicyRejected;
import io.pgscim.events.RequestsRefused;
import io.pgscim.events.RevocationProven;
import io.pgscim.events.RevocationUnproven;
import io.pgscim.events.RoleChangeRefused;
import io.pgscim.events.RoleChanged;
import io.pgscim.events.RoleEvent;
import io.pgscim.events.SessionsRevoked;
import io.pgscim.events.SessionsTerminated;
import io.pgscim.events.UserState;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an event says happened, to which resource, with which outcome. The only place that decides
 * what of an event stands in the log.
 */
record Action(
    String what, Map<String, String> which, Outcome outcome, Map<String, Object> details) {

  static Action of(Event event) {
    return switch (event) {
      case UserState user -> user(user);
      case GroupState group -> group(group);
      case MembershipState membership -> membership(membership);
      case SessionsRevoked revoked ->
          new Action(
              "revoke-sessions",
              Map.of("user", revoked.userId()),
              Outcome.RECORDED,
              known("reason", revoked.reason(), "version", revoked.version()));
      case RoleChanged changed -> changed(changed);
      case RoleChangeRefused refused ->
          new Action(
              "change-role",
              role(refused, null),
              Outcome.REFUSED,
              known(
                  "description", refused.description(),
                  "reason", refused.reason(),
                  "sqlState", refused.sqlState()));
      case SessionsTerminated ended ->
          new Action(
              "terminate-sessions",
              role(ended, null),
              Outcome.APPLIED,
              known("pids", ended.pids(), "place", ended.place(), "reason", ended.reason()));
      case RevocationProven proven ->
          new Action(
              "prove-revocation",
              role(proven, null),
              Outcome.PROVEN,
              known(
                  "description", proven.description(),
                  "places", proven.places(),
                  "tookMillis", proven.tookMillis()));
      case RevocationUnproven unproven ->
          new Action(
              "prove-revocation",
              role(unproven, null),
              Outcome.FAILED,
              known("place", unproven.place(), "reason", unproven.reason()));
      case AuthenticationFailed failed ->
          new Action(
              "authenticate",
              Map.of("directory", failed.source()),
              Outcome.REFUSED,
              known(
                  "count", failed.count(),
                  "reason", failed.reason(),
                  "remoteAddress", failed.remoteAddress()));
      case CredentialIssued issued ->
          credential(
              "issue-credential",
              Outcome.APPLIED,
              issued.source(),
              issued.client(),
              issued.credential(),
              known("expires", text(issued.expires()), "kind", issued.kind()));
      case CredentialRotated rotated ->
          credential(
              "rotate-credential",
              Outcome.APPLIED,
              rotated.source(),
              rotated.client(),
              rotated.credential(),
              known(
                  "expires", text(rotated.expires()),
                  "kind", rotated.kind(),
                  "replacedEnds", text(rotated.replacedEnds()),
                  "replaces", rotated.replaces()));
      case CredentialRevoked revoked ->
          credential(
              "revoke-credential",
              Outcome.APPLIED,
              revoked.source(),
              revoked.client(),
              revoked.credential(),
              known("kind", revoked.kind()));
      case CredentialExpiring expiring ->
          credential(
              "warn-of-expiry",
              Outcome.RECORDED,
              expiring.source(),
              expiring.client(),
              expiring.credential(),
              known("expires", text(expiring.expires()), "kind", expiring.kind()));
      case RequestsRefused refused ->
          new Action(
              "request",
              Map.of("client", refused.client(), "directory", refused.source()),
              Outcome.REFUSED,
              known(
                  "count", refused.count(),
                  "kind", refused.kind(),
                  "remoteAddress", refused.remoteAddress()));
      case DeadLettered dead ->
          new Action(
              "read-record",
              Map.of("record", dead.topic() + "/" + dead.partition() + "/" + dead.offset()),
              Outcome.FAILED,
              known("reason", dead.reason()));
      case PolicyAccepted policy ->
          new Action(
              "change-policy",
              Map.of("cluster", policy.cluster(), "policy", policy.digest()),
              Outcome.APPLIED,
              Map.of());
      case PolicyRejected policy ->
          new Action(
              "change-policy",
              Map.of("cluster", policy.cluster(), "policy", policy.digest()),
              Outcome.REFUSED,
              known("problems", policy.problems()));
      case PlanHeld held ->
          new Action(
              "hold-plan",
              Map.of("cluster", held.cluster(), "plan", held.digest()),
              Outcome.HELD,
              known(
                  "holders", held.holders(),
                  "limit", held.limit(),
                  "lost", held.lost(),
                  "people", held.people()));
      case DriftReported drift ->
          new Action(
              "compare-cluster",
              Map.of("cluster", drift.cluster(), "report", drift.digest()),
              Outcome.RECORDED,
              known(
                  "found", drift.found(),
                  "healing", drift.healing(),
                  "people", drift.people(),
                  "tookMillis", drift.tookMillis()));
      case HoldDecided decided ->
          new Action(
              switch (decided.outcome()) {
                case APPROVED -> "approve-plan";
                case REJECTED -> "reject-plan";
                case SUPERSEDED -> "supersede-plan";
              },
              Map.of("cluster", decided.cluster(), "plan", decided.digest()),
              switch (decided.outcome()) {
                case APPROVED -> Outcome.APPLIED;
                case REJECTED -> Outcome.REFUSED;
                case SUPERSEDED -> Outcome.RECORDED;
              },
              known(
                  "people", decided.people(),
                  "reason", decided.reason(),
                  "successor", decided.successor()));
    };
  }

  /** Nothing of a person but the id: names and addresses must stay erasable. */
  private static Action user(UserState user) {
    return new Action(
        user.deleted() ? "delete-user" : "put-user",
        Map.of("directory", user.source(), "user", user.id()),
        Outcome.RECORDED,
        known("active", user.active(), "version", user.version()));
  }

  private static Action group(GroupState group) {
    return new Action(
        group.deleted() ? "delete-group" : "put-group",
        Map.of("directory", group.source(), "group", group.id()),
        Outcome.RECORDED,
        known(
            "displayName", group.displayName(),
            "externalId", group.externalId(),
            "version", group.version()));
  }

  private static Action membership(MembershipState membership) {
    return new Action(
        membership.present() ? "add-member" : "remove-member",
        Map.of("group", membership.groupId(), "user", membership.userId()),
        Outcome.RECORDED,
        known(
            "validFrom", text(membership.validFrom()),
            "validUntil", text(membership.validUntil()),
            "version", membership.version()));
  }

  private static Action changed(RoleChanged changed) {
    RoleChanged.Change change = changed.change();
    return new Action(
        change.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        role(changed, change.object()),
        Outcome.APPLIED,
        known("description", change.description(), "sql", change.sql()));
  }

  private static Action credential(
      String what,
      Outcome outcome,
      String source,
      String client,
      String id,
      Map<String, Object> details) {
    return new Action(
        what, Map.of("client", client, "credential", id, "directory", source), outcome, details);
  }

  private static Map<String, String> role(RoleEvent event, String object) {
    var which = new TreeMap<String, String>();
    which.put("cluster", event.cluster());
    which.put("role", event.role());
    if (event.userId() != null) {
      which.put("user", event.userId());
    }
    if (object != null) {
      which.put("object", object);
    }
    return which;
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }

  /** Names and values in turn; what is null is left out. */
  private static Map<String, Object> known(Object... namesAndValues) {
    var details = new TreeMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i + 1] != null) {
        details.put((String) namesAndValues[i], namesAndValues[i + 1]);
      }
    }
    return details;
  }
}
