package io.pgscim.applier.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.plan.Phase;
import io.pgscim.applier.plan.RoleChange;
import io.pgscim.applier.plan.Subject;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Notes which roles are pgscim's. A role becomes one by being created here, and is told from others
 * by its oid.
 */
public final class ManagedRoles {
  private static final String CREATED = Sql.of(ManagedRoles.class, "note_created");
  private static final String CHANGED = Sql.of(ManagedRoles.class, "note_changed");
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What to note beside the role.
   *
   * @param state {@code active}, {@code disabled} or {@code retired}; null = as before
   * @param settings what the policy sets; null = as before
   */
  public record Note(String state, Map<String, String> settings) {
    /** Nothing but the name. */
    public static final Note AS_BEFORE = new Note(null, null);
  }

  private ManagedRoles() {}

  /**
   * Notes what was done, without waiting.
   *
   * @param notes for subjects that were planned; others are noted as they were
   */
  public static void note(
      Transaction transaction, Applied<RoleChange> applied, Map<Subject, Note> notes) {
    Map<Subject, String> created = new LinkedHashMap<>();
    Map<Subject, Note> changed = new LinkedHashMap<>();
    for (RoleChange change : applied.done()) {
      switch (change) {
        case RoleChange.CreateLogin(Subject subject, String role, int limit) ->
            created.put(subject, role);
        case RoleChange.CreatePrincipal(Subject subject, String role, int limit) ->
            created.put(subject, role);
        case RoleChange.CreateAccess(Subject subject, String role, var granter, var dialect) ->
            created.put(subject, role);
        case RoleChange.Adopt(Subject subject, String role) -> created.put(subject, role);
        case RoleChange.Rename rename when created.containsKey(rename.subject()) ->
            created.put(rename.subject(), rename.role()); // Adopted a moment ago.
        default -> {
          if (change.phase() != Phase.GIVE) {
            changed.put(change.subject(), notes.getOrDefault(change.subject(), Note.AS_BEFORE));
          }
        }
      }
    }
    changed.keySet().removeAll(created.keySet());
    if (!created.isEmpty()) {
      List<Subject> subjects = List.copyOf(created.keySet());
      transaction.send(
          CREATED,
          Tuple.of(
              subjects.stream().map(Subject::key).toArray(String[]::new),
              subjects.stream().map(Subject::userId).toArray(String[]::new),
              created.values().toArray(String[]::new),
              subjects.stream()
                  .map(subject -> json(settings(notes.get(subject))))
                  .toArray(String[]::new),
              subjects.stream()
                  .map(subject -> notes.getOrDefault(subject, Note.AS_BEFORE).state())
                  .toArray(String[]::new)));
    }
    change(transaction, changed);
  }

  /** Notes states that need no change of the role, without waiting. */
  public static void change(Transaction transaction, Map<Subject, Note> changed) {
    if (!changed.isEmpty()) {
      List<Subject> subjects = List.copyOf(changed.keySet());
      transaction.send(
          CHANGED,
          Tuple.of(
              subjects.stream().map(Subject::key).toArray(String[]::new),
              changed.values().stream().map(Note::state).toArray(String[]::new),
              changed.values().stream()
                  .map(note -> note.settings() == null ? null : json(note.settings()))
                  .toArray(String[]::new)));
    }
  }

  private static Map<String, String> settings(Note note) {
    return note == null || note.settings() == null ? Map.of() : note.settings();
  }

  private static String json(Map<String, String> settings) {
    try {
      return JSON.writeValueAsString(settings);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts have JSON", e);
    }
  }
}
