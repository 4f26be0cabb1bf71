package io.pgscim.audit.index;

import io.pgscim.audit.append.EventIndex;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Finds entries. What it says is a hint: only the entry itself tells whether it is one. */
@ApplicationScoped
public class Index implements EventIndex {
  private volatile IndexFile file;
  private volatile boolean doubted;

  @Override
  public long size() {
    IndexFile open = file;
    return open == null ? 0 : open.size();
  }

  @Override
  public Map<UUID, List<Long>> find(Collection<UUID> events) throws IOException {
    return events.isEmpty() ? Map.of() : ask(open -> open.find(events));
  }

  /**
   * The indexes of entries that may match, in the order asked for. Entries that match and are not
   * among them there are none below {@link #size}; one or the other that is may not match.
   */
  public List<Long> find(Lookup lookup) throws IOException {
    return ask(open -> open.find(lookup));
  }

  private interface Question<T> {
    T of(IndexFile open) throws SQLException, InterruptedException;
  }

  private <T> T ask(Question<T> question) throws IOException {
    IndexFile open = file;
    if (open == null) {
      throw new IOException("the index is not open yet");
    }
    try {
      return question.of(open);
    } catch (SQLException e) {
      doubted = true;
      throw new IOException("the index cannot be asked: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the service stops");
    }
  }

  /** Whether it failed to answer since it was opened. */
  boolean doubted() {
    return doubted;
  }

  /** From here on this file answers; null: nothing does. */
  void use(IndexFile open) {
    doubted = false;
    file = open;
  }
}
