package io.pgscim.local.command;

import io.pgscim.local.home.RunState;
import io.pgscim.local.home.VerifierKey;
import io.pgscim.parts.PartsException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints addresses and tokens. */
@Command(
    name = "env",
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Prints KEY=value lines: SCIM_BASE_URL, SCIM_TOKEN, ADMIN_URL, ADMIN_TOKEN (for scim-ingest/admin),"
          + " KAFKA_BOOTSTRAP_SERVERS, DATABASE_URL (the sample application, as administrator), APPLIER_URL,"
          + " AUDIT_URL, AUDIT_LOG, AUDIT_LOG_VKEY (what its checkpoints are verified with), POLICY_FILE.",
      "Values are quoted where a shell needs it: eval \"$(deploy/quickstart env)\""
    })
final class Env implements Callable<Integer> {
  @Mixin private DataOption data;

  @Override
  public Integer call() {
    RunState running =
        data.running()
            .orElseThrow(
                () ->
                    new PartsException(
                        "nothing runs on "
                            + data.folder()
                            + "; start it with: deploy/quickstart up"));
    VerifierKey.in(running.env())
        .forEach((key, value) -> System.out.println(key + "=" + ShellWord.quote(value)));
    return 0;
  }
}
