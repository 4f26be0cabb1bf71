package io.pgscim.audit.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What happened on one cluster, and who holds what on it. */
final class ClusterReview {
  final Map<String, AccessRole> accessRoles = new TreeMap<>();
  final List<Decided> logins = new ArrayList<>();
  final List<Decided> privileges = new ArrayList<>();
  final List<Decided> revocations = new ArrayList<>();
  final List<Decided> refusals = new ArrayList<>();
  final List<Decided> failures = new ArrayList<>();
  final List<Decided> holds = new ArrayList<>();
  final List<Decided> drift = new ArrayList<>();
  final List<Decided> policies = new ArrayList<>();

  /** Who holds an access role at the end of the period, by role name, and how that came. */
  static final class AccessRole {
    final Map<String, Decided> holders = new TreeMap<>();
    final List<Decided> gained = new ArrayList<>();
    final List<Decided> lost = new ArrayList<>();
  }

  /** What the entry changes in who holds what; whether in the period or before it. */
  void hold(Decided entry) {
    switch (entry.what()) {
      case "grant-membership" -> role(entry).holders.put(entry.role(), entry);
      case "revoke-membership" -> role(entry).holders.remove(entry.role());
      case "drop-role" -> {
        accessRoles.values().forEach(role -> role.holders.remove(entry.role()));
        if (accessRoles.containsKey(entry.role())) {
          accessRoles.get(entry.role()).holders.clear();
        }
      }
      default -> {}
    }
  }

  /** An entry of the period. */
  void tell(Decided entry) {
    switch (entry.outcome()) {
      case "refused" -> (entry.what().endsWith("-plan") ? holds : refusals).add(entry);
      case "failed" -> failures.add(entry);
      default -> done(entry);
    }
  }

  private void done(Decided entry) {
    switch (entry.what()) {
      case "grant-membership" -> role(entry).gained.add(entry);
      case "revoke-membership" -> role(entry).lost.add(entry);
      case "create-role", "adopt-role", "enable-login", "disable-login", "drop-role" ->
          logins.add(entry);
      case "prove-revocation", "terminate-sessions" -> revocations.add(entry);
      case "hold-plan", "approve-plan", "supersede-plan" -> holds.add(entry);
      case "compare-cluster" -> drift.add(entry);
      case "change-policy" -> policies.add(entry);
      case "grant-privilege",
          "revoke-privilege",
          "grant-default-privilege",
          "revoke-default-privilege",
          "reassign-objects" ->
          privileges.add(entry);
      default -> {}
    }
  }

  private AccessRole role(Decided entry) {
    return accessRoles.computeIfAbsent(entry.object(), name -> new AccessRole());
  }
}
