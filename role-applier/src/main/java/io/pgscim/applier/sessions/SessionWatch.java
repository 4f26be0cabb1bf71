package io.pgscim.applier.sessions;

import io.pgscim.applier.cluster.Session;
import io.pgscim.applier.report.Report;
import io.pgscim.messaging.Outbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Works beside the writer, on the primary and on every reader: ending sessions waits for others,
 * and no change of a role has to wait for that.
 */
public final class SessionWatch implements AutoCloseable {
  /** What events and problems call the server that the applier writes to. */
  static final String PRIMARY = "primary";

  private final Map<String, String> problems = new ConcurrentHashMap<>();
  private final PlaceWatch primary;
  private final List<PlaceWatch> readers = new ArrayList<>();

  /**
   * @param home connects to the primary's home database
   * @param recorded called when events were committed
   */
  public SessionWatch(
      Supplier<Session> home,
      List<Reader> readers,
      Outbox outbox,
      Report report,
      Runnable recorded) {
    List<String> places = new ArrayList<>(List.of(PRIMARY));
    readers.forEach(reader -> places.add(reader.name()));
    this.primary =
        new PlaceWatch(
            PRIMARY,
            home,
            Optional.empty(),
            session -> {
              var proof = new Proof(session, places, problems, outbox, report);
              return look -> {
                boolean reported = proof.report();
                if (reported) {
                  recorded.run();
                }
                return reported;
              };
            },
            problem -> note(PRIMARY, problem));
    for (Reader reader : readers) {
      this.readers.add(
          new PlaceWatch(
              reader.name(),
              home,
              Optional.of(reader),
              session ->
                  look -> {
                    if (look == SessionEnder.Look.SOME_GONE) {
                      primary.wake(); // It has the last word.
                    }
                    return false;
                  },
              problem -> note(reader.name(), problem)));
    }
  }

  /** A revocation was committed. */
  public void wake() {
    primary.wake();
    readers.forEach(PlaceWatch::wake);
  }

  /** What keeps servers from being looked at, by their names. */
  public Map<String, String> problems() {
    return Map.copyOf(problems);
  }

  @Override
  public void close() {
    primary.close();
    readers.forEach(PlaceWatch::close);
  }

  private void note(String place, String problem) {
    if (problem == null) {
      problems.remove(place);
    } else {
      problems.put(place, problem);
    }
  }
}
