package io.pgscim.scim.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.GenericScimResource;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.PatchRequest;
import com.unboundid.scim2.common.utils.FilterEvaluator;
import com.unboundid.scim2.common.utils.JsonUtils;

/** UnboundID SCIM 2 SDK, which knows no schema. */
final class UnboundId {
  Verdict filter(String filter, ObjectNode resource) {
    try {
      return Verdict.of(FilterEvaluator.evaluate(Filter.fromString(filter), copy(resource)));
    } catch (ScimException refused) {
      return Verdict.REFUSED;
    }
  }

  Outcome patch(ObjectNode resource, ObjectNode request) {
    try {
      PatchRequest patch =
          JsonUtils.getObjectReader().forType(PatchRequest.class).readValue(request.toString());
      return new Outcome.Patched(
          patch.apply(new GenericScimResource(copy(resource))).getObjectNode());
    } catch (ScimException | JsonProcessingException refused) {
      return new Outcome.Refused(refused.getMessage());
    }
  }

  /** In its own nodes, which find names in any case. */
  private static ObjectNode copy(ObjectNode resource) {
    try {
      return (ObjectNode) JsonUtils.getObjectReader().readTree(resource.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
