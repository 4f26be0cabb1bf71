package io.pgscim.ingest.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.patch.MemberChange;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What a PUT or PATCH does to a resource. May be asked twice, when its transaction has to be done
 * again.
 *
 * @param precondition throws when the resource is not as the client assumes
 * @param edit the document before becomes the document after, as a new object; may refuse
 * @param members what happens to the members
 */
public record Change(
    Consumer<Stored> precondition, UnaryOperator<ObjectNode> edit, List<MemberChange> members) {

  public Change {
    members = List.copyOf(members);
  }
}
