package io.pgscim.ingest.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.ingest.command.Admin.Failure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Secrets of a client. */
@Command(
    name = "secrets",
    description = "Issues, lists, rotates and revokes the secrets of a client.")
final class SecretsCommand implements Callable<Integer> {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,5})([mhd])");

  @Spec private CommandSpec spec;

  /** What a secret is good for. */
  enum Kind {
    TOKEN,
    SECRET
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "a command is needed");
  }

  @Command(name = "list", description = "Lists a client's secrets, ended ones included.")
  void list(
      @Parameters(paramLabel = "SOURCE") String source,
      @Parameters(paramLabel = "CLIENT") String client) {
    Print.table(
        AdminApi.ofEnvironment().get(path(source, client)),
        "id",
        "kind",
        "state",
        "created",
        "expires",
        "ends",
        "lastUsed");
  }

  @Command(
      name = "issue",
      description = "Issues a client's first secret of a kind, and prints it on standard output.")
  void issue(
      @Parameters(paramLabel = "SOURCE") String source,
      @Parameters(paramLabel = "CLIENT") String client,
      @Option(
              names = "--kind",
              paramLabel = "KIND",
              defaultValue = "token",
              description = "token: a bearer token (default); secret: an OAuth 2.0 client secret.")
          Kind kind,
      @Option(
              names = "--expires-in",
              paramLabel = "TIME",
              description = "As in 90d, 12h or 30m; without it, never.")
          String expiresIn) {
    ObjectNode body = AdminApi.object().put("kind", kind.name().toLowerCase(java.util.Locale.ROOT));
    put(body, "expires", expiresIn);
    Print.issued(AdminApi.ofEnvironment().post(path(source, client), body));
  }

  @Command(
      name = "rotate",
      description = "Issues a second secret, and prints it; the old one stays valid until it ends.")
  void rotate(
      @Parameters(paramLabel = "SOURCE") String source,
      @Parameters(paramLabel = "CLIENT") String client,
      @Parameters(paramLabel = "ID") String id,
      @Option(
              names = "--expires-in",
              paramLabel = "TIME",
              description = "When the new one expires, as in 90d, 12h or 30m; without it, never.")
          String expiresIn,
      @Option(
              names = "--old-ends-in",
              paramLabel = "TIME",
              description = "When the old one ends; without it, when it is revoked.")
          String oldEndsIn) {
    ObjectNode body = AdminApi.object();
    put(body, "expires", expiresIn);
    put(body, "oldEnds", oldEndsIn);
    Print.issued(AdminApi.ofEnvironment().post(path(source, client) + "/" + id + "/rotate", body));
  }

  @Command(name = "revoke", description = "Ends a secret now.")
  void revoke(
      @Parameters(paramLabel = "SOURCE") String source,
      @Parameters(paramLabel = "CLIENT") String client,
      @Parameters(paramLabel = "ID") String id) {
    AdminApi.ofEnvironment().delete(path(source, client) + "/" + id);
  }

  private static String path(String source, String client) {
    return "/sources/" + source + "/clients/" + client + "/secrets";
  }

  private static void put(ObjectNode body, String field, String time) {
    if (time != null) {
      body.put(field, Instant.now().plus(duration(time)).toString());
    }
  }

  private static Duration duration(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw new Failure("a time is a number with m, h or d behind it, as in 90d; not " + text);
    }
    long number = Long.parseLong(matcher.group(1));
    try {
      return switch (matcher.group(2)) {
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    } catch (DateTimeException | ArithmeticException e) {
      throw new Failure("that time is too long");
    }
  }
}
