package io.pgscim.local.home;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs on a data folder, as its supervisor last wrote it. It outlives a supervisor that was
 * killed, so its processes are to be checked, not believed.
 *
 * @param supervisor the process that owns all others
 * @param ready whether everything was started and healthy
 * @param policy the policy file in force
 * @param env what {@code quickstart env} prints
 * @param parts in the order of starting
 */
public record RunState(
    Pid supervisor, boolean ready, String policy, Map<String, String> env, List<PartState> parts) {
  private static final String FILE = "state.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  public RunState {
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    parts = List.copyOf(parts);
  }

  /**
   * A process, with its start so that another process that later gets the same number is not taken
   * for it.
   *
   * @param pid the process id
   * @param startedMillis milliseconds since 1970; 0 when unknown
   */
  public record Pid(long pid, long startedMillis) {
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    /** The process with this id as it is now. */
    public static Pid of(long pid) {
      return new Pid(pid, started(ProcessHandle.of(pid)).toEpochMilli());
    }

    /** The process, when it is still the same one and runs. */
    public Optional<ProcessHandle> running() {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(process -> process.info().command().isPresent())
          .filter(
              process ->
                  Duration.between(
                              Instant.ofEpochMilli(startedMillis), started(Optional.of(process)))
                          .abs()
                          .compareTo(TOLERANCE)
                      < 0);
    }

    private static Instant started(Optional<ProcessHandle> process) {
      return process.flatMap(found -> found.info().startInstant()).orElse(Instant.EPOCH);
    }
  }

  /**
   * One part.
   *
   * @param state a word: {@code starting}, {@code ready}, {@code restarting}, {@code failed},
   *     {@code stopped}
   * @param process null when it has none
   * @param port on 127.0.0.1
   * @param log the file with its output
   */
  public record PartState(String name, String state, Pid process, int port, String log) {}

  /** The last written state of a data folder. */
  public static Optional<RunState> read(Home home) {
    return home.read(FILE)
        .map(
            json -> {
              try {
                return JSON.readValue(json, RunState.class);
              } catch (JsonProcessingException e) {
                throw new IllegalStateException("not a state of quickstart: " + home.file(FILE), e);
              }
            });
  }

  public void write(Home home) {
    try {
      home.write(FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether the supervisor that wrote this still runs. */
  @JsonIgnore
  public boolean isRunning() {
    return supervisor.running().isPresent();
  }
}
