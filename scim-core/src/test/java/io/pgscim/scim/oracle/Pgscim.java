package io.pgscim.scim.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.filter.Filter;
import io.pgscim.scim.patch.MemberDelta;
import io.pgscim.scim.patch.Patch;
import io.pgscim.scim.resource.Tolerance;
import io.pgscim.scim.schema.ResourceType;
import java.util.LinkedHashMap;
import java.util.Map;

/** This implementation, asked like the others. */
record Pgscim(ResourceType type, Tolerance tolerance) {

  Verdict filter(String filter, ObjectNode resource) {
    try {
      return Verdict.of(Filter.parse(filter).on(type).matches(resource));
    } catch (ScimException refused) {
      return Verdict.REFUSED;
    }
  }

  Outcome patch(ObjectNode resource, ObjectNode request) {
    try {
      ObjectNode document = resource.deepCopy();
      JsonNode members = type.membership() == null ? null : document.remove(type.membership());
      Patch patch = Patch.read(type, request, tolerance);
      ObjectNode after = patch.apply(document);
      if (type.membership() != null) {
        setMembers(after, patch, members);
      }
      return new Outcome.Patched(after);
    } catch (ScimException refused) {
      return new Outcome.Refused(refused.type() + ": " + refused.getMessage());
    }
  }

  /** Members are kept one by one, beside the document. */
  private void setMembers(ObjectNode after, Patch patch, JsonNode before) {
    Map<String, ObjectNode> members = new LinkedHashMap<>();
    if (before != null) {
      before.forEach(member -> members.put(member.path("value").asText(), (ObjectNode) member));
    }
    MemberDelta delta = MemberDelta.of(patch.memberChanges(), members);
    if (delta.clear()) {
      members.keySet().retainAll(delta.add());
    }
    members.keySet().removeAll(delta.remove());
    delta
        .add()
        .forEach(
            id -> members.computeIfAbsent(id, value -> after.objectNode().put("value", value)));
    if (!members.isEmpty()) {
      after.putArray(type.membership()).addAll(members.values());
    }
  }
}
