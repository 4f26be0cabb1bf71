package io.pgscim.local.command;

import java.util.Map;

/** What to do next, for people. */
final class WhereThingsAre {

  private WhereThingsAre() {}

  static String afterUp(DataOption data) {
    String quickstart = data.command();
    return """

        Addresses and the token, as variables:   eval "$(%s)"
        Look, listen, stop:                      %s, %s, %s
        Log files:                               %s\
        """
        .formatted(
            with(quickstart, "env"),
            with(quickstart, "status"),
            with(quickstart, "logs -f"),
            with(quickstart, "down"),
            data.home().logs());
  }

  static String afterDemonstration(DataOption data, Map<String, String> env) {
    return """
        Where things are
          SCIM service         %s
          PostgreSQL           psql %s
          audit entries        %s/entries
          the log, to verify   audit-sink/audit verify %s --key %s
          policy               %s
          log files            %s
          token and all else   eval "$(%s)"\
        """
        .formatted(
            env.get("SCIM_BASE_URL"),
            env.get("DATABASE_URL"),
            env.get("AUDIT_URL"),
            ShellWord.quote(env.get("AUDIT_LOG")),
            ShellWord.quote(env.get("AUDIT_LOG_VKEY")),
            env.get("POLICY_FILE"),
            data.home().logs(),
            with(data.command(), "env"));
  }

  private static String with(String quickstart, String command) {
    return quickstart.replaceFirst("^deploy/quickstart", "deploy/quickstart " + command);
  }
}
