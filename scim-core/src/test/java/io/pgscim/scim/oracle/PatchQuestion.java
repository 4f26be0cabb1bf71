package io.pgscim.scim.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.oracle.Outcome.Patched;
import io.pgscim.scim.oracle.Outcome.Refused;
import io.pgscim.scim.path.Target;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One operation on one resource, and two outcomes that differ. */
record PatchQuestion(PatchStep step, ObjectNode before, Outcome ours, Outcome theirs) {

  boolean is(String op) {
    return step.op().equals(op);
  }

  boolean filtered() {
    return step.filter() != null;
  }

  boolean changesWhoIsMember() {
    return weRefuse("MUTABILITY")
        && step.target() != null
        && step.target().attribute().name().equals("members");
  }

  boolean replacesSelected() {
    return is("replace") && filtered() && step.target().sub() == null;
  }

  boolean names(Target target) {
    return target != null && target.attribute().multiValued();
  }

  /** Whether the operation is about a multi-valued attribute. */
  boolean aboutElements() {
    return step.path() == null ? step.named().stream().anyMatch(this::names) : names(step.target());
  }

  /** What the resource has where the path points to, before any filter. */
  JsonNode present() {
    Target target = step.target();
    JsonNode holder = target.extension() == null ? before : before.path(target.extension().id());
    JsonNode value = holder.path(target.attribute().name());
    return target.sub() == null || target.attribute().multiValued()
        ? value
        : value.path(target.sub().name());
  }

  boolean weRefuse(String keyword) {
    return ours instanceof Refused(String detail) && detail.startsWith(keyword);
  }

  boolean theyRefuse(String... details) {
    return theirs instanceof Refused(String detail)
        && List.of(details).stream().anyMatch(detail::startsWith);
  }

  boolean bothPatch() {
    return ours instanceof Patched && theirs instanceof Patched;
  }

  /** Whether both are the same once what these rules blur is blurred. */
  boolean sameBut(Set<UnaryOperator<JsonNode>> blurs) {
    return ours instanceof Patched(ObjectNode our)
        && theirs instanceof Patched(ObjectNode their)
        && new Patched((ObjectNode) blurred(our, blurs))
            .agrees(new Patched((ObjectNode) blurred(their, blurs)));
  }

  private static JsonNode blurred(JsonNode node, Set<UnaryOperator<JsonNode>> blurs) {
    JsonNode blurred = node;
    for (UnaryOperator<JsonNode> blur : blurs) {
      blurred = blur.apply(blurred);
    }
    return blurred;
  }
}
