package io.pgscim.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** The audit log, as its service shows it. */
public final class Log {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;

  Log(String base) {
    this.base = base;
  }

  /** Every entry, in order. */
  public List<JsonNode> entries() {
    return since(-1);
  }

  /** Every entry after that index, in order. */
  public List<JsonNode> since(long index) {
    List<JsonNode> entries = new ArrayList<>();
    long after = index;
    while (true) {
      JsonNode page = get("/entries?limit=500&after=" + after);
      if (page.path("entries").isEmpty()) {
        return entries;
      }
      for (JsonNode entry : page.path("entries")) {
        entries.add(entry);
        after = entry.path("index").asLong();
      }
    }
  }

  public long size() {
    return get("/entries?limit=1").path("size").asLong();
  }

  private JsonNode get(String path) {
    try {
      HttpResponse<byte[]> response =
          http.send(
              HttpRequest.newBuilder(URI.create(base + path)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(path + " answered " + response.statusCode());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
