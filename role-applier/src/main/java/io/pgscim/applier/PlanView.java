package io.pgscim.applier;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pgscim.applier.guard.Budget;
import io.pgscim.applier.guard.Withheld;
import io.pgscim.applier.plan.Change;
import io.pgscim.applier.plan.Refusal;
import java.util.List;
import java.util.Locale;

/**
 * What would be done now, for people to read. JSON.
 *
 * @param complete false when there is more than is shown
 */
record PlanView(
    String cluster,
    boolean complete,
    Breaker breaker,
    List<ChangeView> changes,
    List<RefusalView> refusals) {

  /**
   * What the policy's limit makes of it.
   *
   * @param people how many would lose something
   * @param holders how many have access now
   * @param limit how many may lose something unasked; null when the policy has no limit
   * @param lost how many did so lately
   * @param held whether what takes something would wait to be approved
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Breaker(int people, int holders, Integer limit, int lost, boolean held) {
    static Breaker of(int people, Budget budget) {
      boolean none = budget.limits().isNone();
      return new Breaker(
          people,
          budget.holders(),
          none ? null : budget.allowed(),
          budget.lost(),
          !none && people > 0 && !budget.allows(people));
    }
  }

  /**
   * One change that would be made.
   *
   * @param withheld {@code waiting}, {@code held} or {@code rejected} when it is not made for now;
   *     otherwise null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ChangeView(
      String kind,
      String role,
      String userId,
      String object,
      String description,
      String sql,
      String withheld) {
    static ChangeView of(Change change, Withheld withheld) {
      return new ChangeView(
          change.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          change.role(),
          change.subject().userId(),
          change.object(),
          change.description(),
          change.sql(),
          withheld != null && withheld.covers(change)
              ? withheld.verdict().name().toLowerCase(Locale.ROOT)
              : null);
    }
  }

  /** One change that is wanted and would be refused. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RefusalView(String role, String userId, String description, String reason) {
    static RefusalView of(Refusal refusal) {
      return new RefusalView(
          refusal.role(), refusal.subject().userId(), refusal.description(), refusal.reason());
    }
  }
}
