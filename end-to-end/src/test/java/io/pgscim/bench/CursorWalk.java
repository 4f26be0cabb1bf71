package io.pgscim.bench;

import io.pgscim.endtoend.Stack;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All users, 100 at a time, from cursor to cursor (RFC 9865): the first pages and the last. */
final class CursorWalk {
  private static final Pattern NEXT = Pattern.compile("\"nextCursor\":\"([^\"]+)\"");
  private static final int WARM_UP = 50;
  private static final int PAGES = 200;

  private CursorWalk() {}

  static List<Measure> measure(Stack stack) throws Exception {
    List<Duration> pages = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String cursor = "";
      while (cursor != null) {
        HttpRequest request =
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:%d/scim/v2/Users?count=100&cursor=%s"
                            .formatted(
                                stack.scimPort(),
                                URLEncoder.encode(cursor, StandardCharsets.UTF_8))))
                .header("Authorization", "Bearer " + stack.token())
                .build();
        long began = System.nanoTime();
        String page = client.send(request, BodyHandlers.ofString()).body();
        pages.add(Duration.ofNanos(System.nanoTime() - began));
        Matcher next = NEXT.matcher(page);
        cursor = next.find() ? next.group(1) : null;
      }
    }
    Latencies first = latencies(pages.subList(WARM_UP, WARM_UP + PAGES));
    Latencies last = latencies(pages.subList(pages.size() - PAGES, pages.size()));
    return List.of(
        Measure.of("pages of 100 by cursor", pages.size(), ""),
        Measure.beside(
            "page of 100 by cursor, the last, median, beside the first",
            last.median(),
            "ms",
            first.median()),
        Measure.beside(
            "page of 100 by cursor, the last, p99, beside the first",
            last.p99(),
            "ms",
            first.p99()));
  }

  private static Latencies latencies(List<Duration> durations) {
    Latencies latencies = new Latencies();
    durations.forEach(latencies::add);
    return latencies;
  }
}
