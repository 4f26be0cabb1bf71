package io.pgscim.audit.append;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Where the entry of an event may be. Made from the log, behind it, and never believed unseen. */
public interface EventIndex {

  /** It knows the entries below; 0 while it is not known to be of this log. */
  long size();

  /**
   * For each event the indexes of the entries that may be its own; an event that is not in the
   * answer has none below {@link #size}.
   */
  Map<UUID, List<Long>> find(Collection<UUID> events) throws IOException;
}
