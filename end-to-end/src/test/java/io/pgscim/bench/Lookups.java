package io.pgscim.bench;

import io.pgscim.endtoend.Stack;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Lists and filters over at least 100,000 users at a steady rate; the first third of each warms up.
 */
final class Lookups {
  private static final int USERS = 100_000;
  private static final int ROUNDS = 600;

  /** The total behind each page is counted anew, which takes its time. */
  private static final int PAGES = 60;

  private static final int CONNECTIONS = 8;
  private static final int FILTERS_PER_SECOND = 100;
  private static final int PAGES_PER_SECOND = 5;

  private Lookups() {}

  static List<Measure> measure(Stack stack, HttpRequests http) throws Exception {
    var directory = stack.cluster().in("directory");
    People.atLeast(stack, USERS);
    List<String> numbers =
        directory.list(
            "SELECT substr(external_id, 2) FROM scim.resource ORDER BY random() LIMIT " + ROUNDS);
    long users = Long.parseLong(directory.list("SELECT count(*) FROM scim.resource").getFirst());
    List<Measure> measures = new ArrayList<>();
    measures.add(Measure.of("users in the directory", users, ""));
    try (LoadClient client = new LoadClient(stack.scimPort(), CONNECTIONS)) {
      add(
          measures,
          client,
          FILTERS_PER_SECOND,
          "userName eq",
          numbers,
          n -> filter(http, "userName", "P" + n + "@example.com"));
      add(
          measures,
          client,
          FILTERS_PER_SECOND,
          "externalId eq",
          numbers,
          n -> filter(http, "externalId", "x" + n));
      for (long start : List.of(1L, USERS / 2L, USERS - 100L)) {
        add(
            measures,
            client,
            PAGES_PER_SECOND,
            "page of 100 by index, from " + start,
            numbers.subList(0, PAGES),
            n -> http.get("/Users?count=100&startIndex=" + start));
      }
    }
    measures.addAll(CursorWalk.measure(stack));
    return measures;
  }

  private static byte[] filter(HttpRequests http, String attribute, String value) {
    return http.get("/Users?filter=" + attribute + "%20eq%20%22" + value + "%22");
  }

  private interface Request {
    byte[] about(String number);
  }

  private static void add(
      List<Measure> measures,
      LoadClient client,
      int perSecond,
      String name,
      List<String> numbers,
      Request request) {
    Iterator<String> each = numbers.iterator();
    int warmUp = numbers.size() / 3;
    client.atRate(perSecond, warmUp, 200, () -> request.about(each.next()));
    Latencies latencies =
        client
            .atRate(perSecond, numbers.size() - warmUp, 200, () -> request.about(each.next()))
            .latencies();
    measures.add(Measure.of(name + ", median", latencies.median(), "ms"));
    measures.add(Measure.of(name + ", p99", latencies.p99(), "ms"));
  }
}
