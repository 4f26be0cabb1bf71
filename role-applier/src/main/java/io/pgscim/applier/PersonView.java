package io.pgscim.applier;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pgscim.applier.AccessView.ReasonView;
import io.pgscim.applier.access.Because;
import io.pgscim.applier.access.Holding;
import io.pgscim.applier.access.Somebody;
import io.pgscim.applier.access.Step;
import java.util.List;

/**
 * What one role has, for people to read. JSON.
 *
 * @param userId null when the role is not managed
 * @param attributes of the whole cluster: {@code SUPERUSER}, {@code NOLOGIN} …
 * @param next where the next page begins: {@code after=…}; null on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PersonView(
    String role,
    boolean managed,
    String userId,
    String userName,
    List<String> attributes,
    List<Member> memberships,
    List<Held> objects,
    String next) {

  /** A role that it is a member of, and why the policy makes it one. */
  record Member(
      String role, boolean inherit, boolean set, boolean admin, List<ReasonView> because) {
    static Member of(Step step, Somebody somebody) {
      return new Member(
          step.role(),
          step.inherit(),
          step.set(),
          step.admin(),
          somebody.because().map(b -> b.of(step.role())).orElse(List.of()).stream()
              .map(ReasonView::of)
              .toList());
    }
  }

  /** One object with the ways to it. */
  record Held(String object, String kind, List<AccessView.Way> access) {
    static Held of(Holding holding, Somebody somebody) {
      return new Held(
          holding.object(),
          holding.kind(),
          holding.access().stream()
              .map(access -> AccessView.Way.of(access, somebody.because()))
              .toList());
    }
  }

  static PersonView of(
      Somebody somebody, List<Step> memberships, List<Holding> holdings, String next) {
    return new PersonView(
        somebody.role(),
        somebody.because().isPresent(),
        somebody.because().map(Because::userId).orElse(null),
        somebody.because().flatMap(Because::userName).orElse(null),
        somebody.attributes(),
        memberships.stream().map(step -> Member.of(step, somebody)).toList(),
        holdings.stream().map(holding -> Held.of(holding, somebody)).toList(),
        next);
  }
}
