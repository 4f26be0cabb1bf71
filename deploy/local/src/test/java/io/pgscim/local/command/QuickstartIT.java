package io.pgscim.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.local.home.Home;
import io.pgscim.local.home.RunState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a person runs them, each as a process of its own. */
@Timeout(300)
class QuickstartIT {
  @TempDir Path folder;

  @AfterEach
  void leaveNothingRunning() throws Exception {
    quickstart("down", "--data", data());
  }

  private record Outcome(int code, String said) {}

  @Test
  void livesFromUpToDown() throws Exception {
    Path root = Path.of(System.getProperty("pgscim.root"));
    String types = root.resolve("deploy/resource-types").toString();
    Outcome up = quickstart("up", "--data", data(), "--resource-types", types);
    assertThat(up.code()).as(up.said()).isZero();
    assertThat(up.said()).contains("role-applier ready after").contains("quickstart env --data");

    Outcome env = quickstart("env", "--data", data());
    assertThat(env.said().lines())
        .map(line -> line.substring(0, line.indexOf('=')))
        .containsExactly(
            "SCIM_BASE_URL",
            "SCIM_TOKEN",
            "ADMIN_URL",
            "ADMIN_TOKEN",
            "KAFKA_BOOTSTRAP_SERVERS",
            "DATABASE_URL",
            "APPLIER_URL",
            "AUDIT_URL",
            "AUDIT_LOG",
            "AUDIT_LOG_VKEY",
            "POLICY_FILE");
    assertThat(value(env.said(), "AUDIT_LOG_VKEY")).startsWith("pgscim.local/audit+");
    assertThat(quickstart("status", "--data", data()).code()).isZero();

    Outcome again = quickstart("up", "--data", data());
    assertThat(again.code()).isZero();
    assertThat(again.said()).contains("up already");

    assertThat(answer(env.said(), "/ResourceTypes/Agent")).contains("\"endpoint\":\"/Agents\"");
    Outcome otherTypes = quickstart("up", "--data", data(), "--resource-types", folder.toString());
    assertThat(otherTypes.code()).isEqualTo(1);
    assertThat(otherTypes.said()).contains("other resource types");

    Path other = root.resolve("deploy/local/policy.yaml");
    Outcome otherPolicy = quickstart("up", "--data", data(), "--policy", other.toString());
    assertThat(otherPolicy.code()).isEqualTo(1);
    assertThat(otherPolicy.said()).contains("run down first");

    List<RunState.Pid> processes = processes();
    assertThat(quickstart("down", "--data", data()).code()).isZero();
    assertThat(processes).hasSize(6).allMatch(process -> process.running().isEmpty());
    assertThat(quickstart("status", "--data", data()).code()).isEqualTo(1);
    assertThat(quickstart("env", "--data", data()).code()).isEqualTo(1);
    assertThat(quickstart("down", "--data", data()).code()).isZero();
  }

  @Test
  void leavesNothingBehindWhenItsSupervisorIsKilled() throws Exception {
    assertThat(quickstart("up", "--data", data()).code()).isZero();
    List<RunState.Pid> processes = processes();

    ProcessHandle.of(processes.getFirst().pid()).orElseThrow().destroyForcibly();

    for (RunState.Pid process : processes) {
      Optional<ProcessHandle> running = process.running();
      if (running.isPresent()) {
        running.get().onExit().get(40, TimeUnit.SECONDS);
      }
    }
    assertThat(quickstart("status", "--data", data()).code()).isEqualTo(1);
    assertThat(quickstart("up", "--data", data()).code()).isZero();
  }

  @Test
  void leavesNothingBehindWhenAPartDoesNotStart() throws Exception {
    Path policy = folder.resolve("missing.yaml");

    Outcome up = quickstart("up", "--data", data(), "--policy", policy.toString());

    assertThat(up.code()).isEqualTo(1);
    assertThat(up.said()).contains("missing.yaml cannot be read");
    assertThat(quickstart("status", "--data", data()).code()).isEqualTo(1);
  }

  private static String answer(String env, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(value(env, "SCIM_BASE_URL") + path))
            .header("Authorization", "Bearer " + value(env, "SCIM_TOKEN"))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private static String value(String env, String name) {
    return env.lines()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1).replace("'", ""))
        .findFirst()
        .orElseThrow();
  }

  private List<RunState.Pid> processes() {
    RunState state = RunState.read(Home.at(Path.of(data()))).orElseThrow();
    List<RunState.Pid> processes = new ArrayList<>(List.of(state.supervisor()));
    state.parts().forEach(part -> processes.add(part.process()));
    return processes;
  }

  private String data() {
    return folder.resolve("my data").toString();
  }

  private Outcome quickstart(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dpgscim.root=" + System.getProperty("pgscim.root"));
    command.add(Quickstart.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), said);
  }
}
