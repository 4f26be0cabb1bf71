package io.pgscim.audit.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.audit.verify.Verdict;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;

/** What a command says in the end: a line for people, or JSON for scripts. */
record Answer(PrintWriter out, boolean json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Prints a verdict; the exit code that goes with it. */
  int print(Verdict verdict) {
    return print(verdict, Optional.empty());
  }

  /**
   * Prints a verdict; the exit code that goes with it.
   *
   * @param time until when the log says that nothing more had happened; empty when it does not
   */
  int print(Verdict verdict, Optional<Instant> time) {
    ObjectNode answer = JSON.createObjectNode();
    switch (verdict) {
      case Verdict.Intact intact -> {
        answer.put("verdict", "intact");
        answer.put("origin", intact.checkpoint().origin());
        answer.put("size", intact.checkpoint().size());
        answer.put("root", intact.checkpoint().root().base64());
        time.ifPresent(until -> answer.put("time", until.toString()));
        intact
            .part()
            .ifPresent(
                part -> {
                  answer.put("verdict", part.archive() ? "intact archive" : "intact");
                  answer.put("from", part.from());
                  answer.put("until", part.until());
                  answer.put("archive", part.place());
                });
      }
      case Verdict.Broken broken -> {
        answer.put("verdict", "broken");
        answer.put("where", broken.where());
        answer.put("what", broken.what());
      }
    }
    out.println(json ? answer.toString() : words(verdict) + words(verdict, time));
    out.flush();
    return verdict instanceof Verdict.Intact ? Audit.INTACT : Audit.BROKEN;
  }

  private static String words(Verdict verdict, Optional<Instant> time) {
    return verdict instanceof Verdict.Intact && time.isPresent()
        ? "; nothing more had happened by " + time.get()
        : "";
  }

  static String words(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Intact intact -> words(intact);
      case Verdict.Broken broken -> "broken: " + broken.where() + ": " + broken.what();
    };
  }

  private static String words(Verdict.Intact intact) {
    String log =
        "%d entries of %s, root %s"
            .formatted(
                intact.checkpoint().size(),
                intact.checkpoint().origin(),
                intact.checkpoint().root());
    return intact
        .part()
        .map(
            part ->
                part.archive()
                    ? "intact archive: entries %d to %d of the %s; of the others only the hashes"
                            .formatted(part.from(), part.until() - 1, log)
                        + " are here"
                    : "intact: %s; those before %d were pruned, their hashes agree: they lie in %s"
                        .formatted(log, part.from(), part.place()))
        .orElse("intact: " + log);
  }
}
