package io.pgscim.audit.read;

import io.pgscim.audit.append.AuditLog;
import io.pgscim.audit.entry.Indexed;
import io.pgscim.audit.index.Index;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers one question. What the index knows it is asked for; the newest entries, which it does not
 * know yet, are looked at one by one, and while it is made anew all of them are.
 */
final class Search {
  /** However rare the entry looked for, one request reads no more than so many. */
  private static final int MOST_READ = 50_000;

  private static final int STEP = 500;

  /** One answer is not much larger than this, however large the entries. */
  private static final int MOST_BYTES = 8 << 20;

  private final AuditLog log;
  private final Index index;
  private final Question question;
  private final EntryFilter filter;
  private final long first;
  private final long size;
  private final long indexed;
  private final List<byte[]> found = new ArrayList<>();
  private long bytes;
  private long read;

  /** The last entry that was looked at, in the question's order. */
  private long cursor;

  private Search(AuditLog log, Index index, Question question) {
    this.log = log;
    this.index = index;
    this.question = question;
    this.filter = new EntryFilter(question);
    this.first = log.first();
    this.size = log.size();
    this.indexed = question.everything() ? 0 : Math.min(index.size(), size);
  }

  static Page run(AuditLog log, Index index, Question question) throws IOException {
    var search = new Search(log, index, question);
    return question.newestFirst() ? search.newestFirst() : search.oldestFirst();
  }

  private Page oldestFirst() throws IOException {
    cursor = After.kept(log, question.after() == null ? -1 : Math.min(question.after(), size - 1));
    byIndex(indexed - 1);
    while (room() && cursor + 1 < size) {
      for (byte[] entry : log.read(cursor + 1, (int) Math.min(STEP, size - cursor - 1))) {
        look(cursor + 1, entry);
        if (!room()) {
          break;
        }
      }
    }
    return new Page(found, cursor, first, size);
  }

  private Page newestFirst() throws IOException {
    cursor = question.after() == null ? size : Math.min(question.after(), size);
    while (room() && cursor > Math.max(indexed, first)) {
      long from = Math.max(Math.max(indexed, first), cursor - STEP);
      List<byte[]> entries = log.read(from, (int) (cursor - from));
      for (int i = entries.size() - 1; i >= 0 && room(); i--) {
        look(from + i, entries.get(i));
      }
    }
    byIndex(first);
    return new Page(found, cursor <= first ? null : cursor, first, size);
  }

  /**
   * Looks at what the index names.
   *
   * @param end in the question's order, the last entry that it knows
   */
  private void byIndex(long end) throws IOException {
    boolean more = question.newestFirst() ? cursor > end : cursor < end;
    while (room() && more) {
      int wanted = question.limit() - found.size();
      List<Long> named = index.find(question.lookup(cursor, wanted));
      for (long one : named) {
        if (!room()) {
          return;
        }
        // Newer than what was the end when this began: the answer speaks of one moment. Or pruned:
        // the index keeps it, so that its event is known again. Nothing behind it is an answer.
        if (one >= indexed || one < first) {
          cursor = end;
          return;
        }
        look(one, log.read(one, 1).getFirst());
      }
      more = named.size() == wanted && cursor != end;
      if (!more) {
        cursor = end;
      }
    }
  }

  private boolean room() {
    return found.size() < question.limit() && bytes < MOST_BYTES && read < MOST_READ;
  }

  private void look(long at, byte[] entry) throws IOException {
    cursor = at;
    read++;
    if (filter.matches(entry)) {
      found.add(Indexed.json(at, entry));
      bytes += entry.length;
    }
  }
}
