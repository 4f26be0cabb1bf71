package io.pgscim.scim.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import io.pgscim.scim.path.Target;
import io.pgscim.scim.resource.Immutables;
import io.pgscim.scim.resource.Intake;
import io.pgscim.scim.resource.Tolerance;
import io.pgscim.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.List;

/**
 * A PATCH request, understood for one resource type (RFC 7644 §3.5.2): what it does to the
 * document, and apart from that what it does to the members, which no document holds.
 */
public final class Patch {
  private final ResourceType type;
  private final Tolerance tolerance;
  private final List<Edit> edits;
  private final List<MemberChange> memberChanges;

  private Patch(
      ResourceType type, Tolerance tolerance, List<Edit> edits, List<MemberChange> memberChanges) {
    this.type = type;
    this.tolerance = tolerance;
    this.edits = edits;
    this.memberChanges = List.copyOf(memberChanges);
  }

  /**
   * Reads a request.
   *
   * @throws ScimException 400 with the keyword that suits
   */
  public static Patch read(ResourceType type, ObjectNode body, Tolerance tolerance) {
    List<Edit> edits = new ArrayList<>();
    List<MemberChange> changes = new ArrayList<>();
    List<PatchOperation> operations = PatchRequest.operations(body, tolerance);
    for (Edit edit : Edits.of(type, operations, tolerance)) {
      if (edit.target().extension() == null
          && edit.target().attribute().name().equals(type.membership())) {
        changes.addAll(MemberChange.of(edit));
      } else {
        edits.add(edit);
      }
    }
    return new Patch(type, tolerance, edits, changes);
  }

  /** Whether it leaves the document alone. */
  public boolean leavesDocument() {
    return edits.isEmpty();
  }

  /** What it speaks of, members apart. */
  public List<Target> targets() {
    return edits.stream().map(Edit::target).toList();
  }

  /** What it does to the members, in order. */
  public List<MemberChange> memberChanges() {
    return memberChanges;
  }

  /**
   * The document after all operations; the one given is left alone, so a failure restores it.
   *
   * @throws ScimException 400 with the keyword that suits
   */
  public ObjectNode apply(ObjectNode document) {
    ObjectNode after = document.deepCopy();
    Editor editor = new Editor(after, tolerance);
    edits.forEach(editor::apply);
    Intake.complete(type, after, ScimType.MUTABILITY);
    Immutables.refuseChange(type, document, after);
    return after;
  }
}
