package io.pgscim.scim.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.json.StrictJson;
import io.pgscim.scim.path.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One operation, with what its author meant.
 *
 * @param path null for the whole resource
 * @param target what the path names; null without one
 * @param filter what stands in brackets, or null
 * @param named what the value names when there is no path, or null
 */
record PatchStep(
    String op, String path, Target target, Expression filter, List<Target> named, JsonNode value) {

  private ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("op", op);
    if (path != null) {
      json.put("path", path);
    }
    if (value != null) {
      json.set("value", value);
    }
    return json;
  }

  /** The request that makes these steps. */
  static ObjectNode request(List<PatchStep> steps) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:PatchOp");
    steps.forEach(step -> request.withArray("Operations").add(step.json()));
    return StrictJson.object(request.toString().getBytes(StandardCharsets.UTF_8));
  }
}
