package io.pgscim.audit.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Edge;
import io.pgscim.audit.tlog.Hash;
import io.pgscim.audit.tlog.Tile;
import java.util.Base64;

/**
 * What a check ended with, for the next one to begin at: the checkpoint and the right edge of its
 * tree. Whoever checks keeps it, where the log's owner cannot write.
 */
public record Remembered(Checkpoint checkpoint, Edge edge) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Remembered {
    if (edge.size() != checkpoint.size() || !edge.root().equals(checkpoint.root())) {
      throw new IllegalArgumentException("the edge is not that of the checkpoint");
    }
  }

  /** As a file. */
  public String text() {
    ObjectNode state = JSON.createObjectNode();
    state.put("form", 1);
    state.put("origin", checkpoint.origin());
    state.put("size", checkpoint.size());
    state.put("root", checkpoint.root().base64());
    ObjectNode tiles = state.putObject("edge");
    for (Tile tile : Tile.edge(checkpoint.size())) {
      tiles.put(tile.path(), Base64.getEncoder().encodeToString(edge.bytes(tile)));
    }
    return state.toPrettyString() + "\n";
  }

  /**
   * What a file remembers.
   *
   * @throws IllegalArgumentException when it is no such file, or was damaged
   */
  public static Remembered parse(String text) {
    try {
      JsonNode state = JSON.readTree(text);
      if (state.path("form").asInt() != 1) {
        throw new IllegalArgumentException("not what a check left behind");
      }
      var checkpoint =
          new Checkpoint(
              state.path("origin").asText(),
              state.path("size").asLong(-1),
              Hash.of(Base64.getDecoder().decode(state.path("root").asText())));
      return new Remembered(checkpoint, Edge.load(checkpoint.size(), tile -> edge(state, tile)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  private static byte[] edge(JsonNode state, Tile tile) {
    byte[] bytes = Base64.getDecoder().decode(state.path("edge").path(tile.path()).asText());
    if (bytes.length != tile.width() * Hash.SIZE) {
      throw new IllegalArgumentException("the edge lacks " + tile.path());
    }
    return bytes;
  }
}
