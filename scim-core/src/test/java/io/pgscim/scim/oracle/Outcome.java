package io.pgscim.scim.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.resource.SameState;
import java.util.List;

/** What an implementation makes of a PATCH request. */
sealed interface Outcome {

  /** The resource afterwards, without what the server owns. */
  record Patched(ObjectNode resource) implements Outcome {
    public Patched {
      resource = resource.deepCopy();
      resource.remove(List.of("id", "meta", "schemas"));
    }
  }

  /** An error of the client, and what it was told. */
  record Refused(String detail) implements Outcome {}

  /** An error of its own. */
  record Broken() implements Outcome {}

  /** Whether both say the same: the same resource, or no. */
  default boolean agrees(Outcome other) {
    return switch (this) {
      case Patched patched ->
          other instanceof Patched(ObjectNode theirs) && SameState.of(patched.resource(), theirs);
      case Refused refused -> other instanceof Refused;
      case Broken broken -> false;
    };
  }
}
