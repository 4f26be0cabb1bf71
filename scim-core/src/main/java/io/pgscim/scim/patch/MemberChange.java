package io.pgscim.scim.patch;

import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.filter.Condition;
import io.pgscim.scim.filter.Filter;
import io.pgscim.scim.filter.Literal;
import io.pgscim.scim.filter.Operator;
import io.pgscim.scim.filter.ValueFilter;
import io.pgscim.scim.resource.MemberIds;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a PATCH does to the members of a group, without knowing who they are. */
public sealed interface MemberChange {

  /** These become members. */
  record Add(Set<String> ids) implements MemberChange {}

  /** These are members no more. */
  record Remove(Set<String> ids) implements MemberChange {}

  /** Nobody is a member any more. */
  record Clear() implements MemberChange {}

  /** Whoever satisfies the condition is a member no more. */
  record RemoveMatching(Condition each) implements MemberChange {}

  /**
   * The changes that an edit of the membership attribute makes. {@code remove} with a value takes
   * out those values only: Entra ID sends it so, and by the letter of the RFC it would empty the
   * group. An empty value takes out nobody.
   */
  static List<MemberChange> of(Edit edit) {
    if (edit.target().sub() != null) {
      throw ScimException.badRequest(ScimType.MUTABILITY, edit.target() + " is immutable");
    }
    return switch (edit.verb()) {
      case ADD ->
          edit.filter() == null ? List.of(new Add(MemberIds.of(edit.value()))) : addSelected(edit);
      case REPLACE -> {
        if (edit.filter() != null) {
          throw ScimException.badRequest(
              ScimType.MUTABILITY, "the values of " + edit.target() + " are immutable");
        }
        yield List.of(new Clear(), new Add(MemberIds.of(edit.value())));
      }
      case REMOVE -> List.of(removal(edit));
    };
  }

  /** Who is selected becomes a member; a value may say more about it, but not name another. */
  private static List<MemberChange> addSelected(Edit edit) {
    Set<String> ids = selected(edit.filter());
    if (ids == null || ids.size() != 1) {
      throw ScimException.badRequest(
          ScimType.NO_TARGET, edit.target() + ": the filter names no member to add");
    }
    if (edit.value().hasNonNull("value") && !MemberIds.of(edit.value()).equals(ids)) {
      throw ScimException.badRequest(
          ScimType.INVALID_VALUE, edit.target() + ": filter and value name different members");
    }
    return List.of(new Add(ids));
  }

  private static MemberChange removal(Edit edit) {
    if (edit.filter() != null) {
      Set<String> ids = selected(edit.filter());
      return ids != null
          ? new Remove(ids)
          : new RemoveMatching(ValueFilter.on(edit.target(), edit.filter()));
    }
    return edit.value() == null ? new Clear() : new Remove(MemberIds.of(edit.value()));
  }

  /** The ids when the filter is {@code value eq "…"}, or several of them joined by or. */
  private static Set<String> selected(Filter filter) {
    Set<String> ids = new LinkedHashSet<>();
    for (Filter part : filter instanceof Filter.Or or ? or.parts() : List.of(filter)) {
      if (!(part instanceof Filter.Compare compare
          && compare.operator() == Operator.EQ
          && compare.path().attribute().equalsIgnoreCase("value")
          && compare.path().schema() == null
          && compare.path().sub() == null
          && compare.value() instanceof Literal.Text text)) {
        return null;
      }
      ids.add(text.value());
    }
    return ids;
  }
}
