package io.pgscim.applier.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.pgscim.applier.command.Service.Refused;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at plans, holds, access and drift, and decides about holds. */
public final class Command {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectWriter PRETTY = JSON.writerWithDefaultPrettyPrinter();
  private static final int LARGEST_PAGE = 10_000;
  private static final String HELP =
      """
      applier: what role-applier would do, what waits for approval, and who can do what

        plan [--policy FILE]           what would be done now, under the policy in force or under
                                       that file; changes nothing
        holds                          plans that take from more people than the policy lets lose
                                       something unasked
        holds DIGEST                   one of them, person by person
        approve DIGEST --reason TEXT   do exactly that
        reject DIGEST --reason TEXT    leave these people as they are

        access --object NAME           who can do what to app.sales.orders, and why
          [--privilege SELECT]         only that
        access --person NAME           what a user id, role or userName has
        access --sensitive             who has what on all that the policy calls sensitive

        drift [--heal]                 compare the cluster with its policy now, put right what
                                       can be, and show what was found, or is left
        drift --report                 the last report

        --json                         the service's answer instead of text
        --detailed-exitcode            of plan and drift: 2 when there is something to change
        --url URL                      of the service; otherwise PGSCIM_APPLIER_URL,
                                       otherwise http://127.0.0.1:8082

      A token, where the service wants one, is taken from PGSCIM_ADMIN_TOKEN.
      Exit code: 0 done, 1 refused or failed, 64 not understood.
      """;

  private final Arguments arguments;
  private final Service service;
  private final PrintStream out;
  private final PrintStream problems;
  private final Tables tables;

  private Command(Arguments arguments, Service service, PrintStream out, PrintStream problems) {
    this.arguments = arguments;
    this.service = service;
    this.out = out;
    this.problems = problems;
    this.tables = new Tables(out);
  }

  /** Runs it on this process's console. */
  public static void main(String[] typed) {
    System.exit(run(System.getenv(), System.out, System.err, typed));
  }

  /** Runs it, and returns its exit code. */
  public static int run(
      Map<String, String> env, PrintStream out, PrintStream problems, String... typed) {
    try {
      Arguments arguments = Arguments.of(typed);
      if (arguments.has("--help") || arguments.words().isEmpty()) {
        out.print(HELP);
        return arguments.has("--help") ? 0 : 64;
      }
      String url =
          arguments
              .option("--url")
              .orElse(env.getOrDefault("PGSCIM_APPLIER_URL", "http://127.0.0.1:8082"));
      try (var service = new Service(url, Optional.ofNullable(env.get("PGSCIM_ADMIN_TOKEN")))) {
        return new Command(arguments, service, out, problems).run();
      }
    } catch (IllegalArgumentException e) {
      problems.println("applier: " + e.getMessage() + "; --help tells the rest");
      return 64;
    } catch (Refused | IOException e) {
      problems.println("applier: " + e.getMessage());
      return 1;
    }
  }

  private int run() throws Refused, IOException {
    String command = arguments.words().getFirst();
    return switch (command) {
      case "plan" -> plan();
      case "holds" -> holds();
      case "approve", "reject" -> decide(command);
      case "access" -> access();
      case "drift" -> drift();
      default -> throw new IllegalArgumentException("there is no command " + command);
    };
  }

  private int plan() throws Refused, IOException {
    Optional<String> file = arguments.option("--policy");
    JsonNode plan =
        file.isPresent()
            ? service.post("/plan", "application/yaml", read(file.get()))
            : service.get("/plan");
    if (arguments.has("--json")) {
      print(plan);
    } else {
      tables.plan(plan);
    }
    return arguments.has("--detailed-exitcode") && !plan.path("changes").isEmpty() ? 2 : 0;
  }

  private int holds() throws Refused, JsonProcessingException {
    Optional<String> digest = arguments.word(1);
    if (digest.isPresent()) {
      return hold(digest.get());
    }
    JsonNode holds = service.get("/holds");
    if (arguments.has("--json")) {
      print(holds);
    } else {
      tables.holds(holds);
    }
    return 0;
  }

  /** Page by page; in JSON one answer a page. */
  private int hold(String digest) throws Refused, JsonProcessingException {
    String after = "";
    boolean first = true;
    while (after != null) {
      JsonNode page =
          service.get("/holds/" + encoded(digest) + "?limit=1000&after=" + encoded(after));
      if (arguments.has("--json")) {
        print(page);
      } else {
        if (first) {
          tables.hold(page);
        }
        tables.people(page);
      }
      first = false;
      after = page.has("next") ? page.get("next").asText() : null;
    }
    return 0;
  }

  private int decide(String command) throws Refused, JsonProcessingException {
    String digest =
        arguments
            .word(1)
            .orElseThrow(() -> new IllegalArgumentException(command + " needs a digest"));
    String reason =
        arguments
            .option("--reason")
            .orElseThrow(() -> new IllegalArgumentException(command + " needs --reason"));
    JsonNode done =
        service.post(
            "/holds/" + encoded(digest) + "/" + command,
            "application/json",
            JSON.writeValueAsBytes(Map.of("reason", reason)));
    if (arguments.has("--json")) {
      print(done);
    } else if (command.equals("approve")) {
      tables.line(
          "done: "
              + done.path("changes").asText()
              + " changes to "
              + done.path("people").asText()
              + " people");
    } else {
      tables.line("rejected: " + done.path("people").asText() + " people stay as they are");
    }
    return 0;
  }

  private int access() throws Refused, JsonProcessingException {
    List<String> asked =
        List.of("--object", "--person", "--sensitive").stream()
            .filter(option -> arguments.has(option) || arguments.option(option).isPresent())
            .toList();
    if (asked.size() != 1
        || asked.contains("--person") && arguments.option("--privilege").isPresent()) {
      throw new IllegalArgumentException(
          "access needs one of --object NAME [--privilege WORD], --person NAME and --sensitive");
    }
    String path = arguments.has("--sensitive") ? "/access/sensitive" : "/access";
    List<String> query = new ArrayList<>(List.of("limit=" + LARGEST_PAGE));
    for (String name : List.of("object", "person", "privilege")) {
      arguments.option("--" + name).ifPresent(value -> query.add(name + "=" + encoded(value)));
    }
    pages(path, String.join("&", query));
    return 0;
  }

  /** Page by page; in JSON one answer a page. */
  private void pages(String path, String query) throws Refused, JsonProcessingException {
    Optional<String> rest = Optional.of("");
    while (rest.isPresent()) {
      String page = path + "?" + query + rest.get();
      if (arguments.has("--json")) {
        JsonNode answer = service.get(page);
        print(answer);
        rest =
            Optional.ofNullable(answer.get("next")).map(next -> "&after=" + encoded(next.asText()));
      } else {
        Service.Text answer = service.text(page);
        out.print(answer.text());
        rest = answer.after().map(after -> "&after=" + after);
      }
    }
  }

  private int drift() throws Refused, JsonProcessingException {
    JsonNode report =
        arguments.has("--report")
            ? service.get("/drift")
            : new Comparison(service, problems).made(arguments.has("--heal"));
    if (arguments.has("--json")) {
      print(report);
    } else {
      out.print(service.text("/drift").text());
    }
    return arguments.has("--detailed-exitcode") && !report.path("found").isEmpty() ? 2 : 0;
  }

  private static byte[] read(String file) throws IOException {
    try {
      return Files.readAllBytes(Path.of(file));
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + e.getClass().getSimpleName(), e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void print(JsonNode answer) throws JsonProcessingException {
    out.println(PRETTY.writeValueAsString(answer));
  }
}
