package io.pgscim.audit.verify;

import io.pgscim.audit.tlog.NoteException;
import io.pgscim.audit.tlog.VerifierKey;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The command {@code audit}: checks a log without any service. */
public final class Audit {
  static final int INTACT = 0;
  static final int BROKEN = 1;
  static final int WRONG_USE = 2;

  private static final String HELP =
      """
      audit verify FOLDER [--key VKEY] [--since FILE]

      Checks every entry, tile and signature of a log.

        FOLDER        holds checkpoint and tile/
        --key VKEY    the verifier key, as `env` prints it; without it FOLDER/vkey is believed,
                      which whoever wrote the log could have changed too
        --since FILE  an older checkpoint of this log that you kept: the log must have grown out
                      of it. Only this shows that the whole log was not rewritten.

      Exit code: 0 intact, 1 changed or damaged, 2 wrong use or unreadable.
      """;

  private Audit() {}

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.out, System.err));
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.print(HELP);
      return INTACT;
    }
    Deque<String> rest = new ArrayDeque<>(arguments);
    if (!"verify".equals(rest.poll()) || rest.isEmpty()) {
      err.print(HELP);
      return WRONG_USE;
    }
    Path folder = Path.of(rest.poll());
    String key = null;
    String since = null;
    while (!rest.isEmpty()) {
      String option = rest.poll();
      switch (option) {
        case "--key" -> key = rest.poll();
        case "--since" -> since = rest.poll();
        default -> {
          err.println("audit: unknown option " + option + ", see audit --help");
          return WRONG_USE;
        }
      }
    }
    try {
      return verify(folder, Optional.ofNullable(key), Optional.ofNullable(since), out, err);
    } catch (NoteException | IOException e) {
      err.println("audit: " + e.getMessage());
      return WRONG_USE;
    }
  }

  private static int verify(
      Path folder, Optional<String> key, Optional<String> since, PrintStream out, PrintStream err)
      throws NoteException, IOException {
    String vkey = key.isPresent() ? key.get() : Files.readString(folder.resolve("vkey"));
    Optional<String> older =
        since.isPresent() ? Optional.of(Files.readString(Path.of(since.get()))) : Optional.empty();
    var check =
        new FolderCheck(
            folder,
            VerifierKey.parse(vkey),
            entries -> {
              if (entries % (1 << 16) == 0) {
                err.println("checked " + entries + " entries");
              }
            });
    return switch (check.check(older)) {
      case Verdict.Intact intact -> {
        out.println(
            "intact: "
                + intact.checkpoint().size()
                + " entries of "
                + intact.checkpoint().origin()
                + ", root "
                + intact.checkpoint().root());
        yield INTACT;
      }
      case Verdict.Broken broken -> {
        out.println("broken: " + broken.where() + ": " + broken.what());
        yield BROKEN;
      }
    };
  }
}
