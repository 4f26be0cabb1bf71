package io.pgscim.ingest.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The folder in which an operator describes further resource types. */
final class ResourceTypeFiles {
  private static final long MAX_SIZE = 1 << 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ResourceTypeFiles() {}

  /**
   * The content of each file of the folder whose name ends in {@code .json}, by that name.
   *
   * @throws IllegalArgumentException when the folder or a file cannot be read, or is not JSON
   */
  static Map<String, JsonNode> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> json = files.filter(ResourceTypeFiles::isJson).sorted().toList();
      Map<String, JsonNode> contents = new TreeMap<>();
      for (Path file : json) {
        contents.put(file.getFileName().toString(), read(file));
      }
      return contents;
    } catch (IOException e) {
      throw new IllegalArgumentException("the folder cannot be read", e);
    }
  }

  private static boolean isJson(Path file) {
    return file.getFileName().toString().endsWith(".json") && Files.isRegularFile(file);
  }

  private static JsonNode read(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (Files.size(file) > MAX_SIZE) {
      throw new IllegalArgumentException(name + ": larger than " + MAX_SIZE + " bytes");
    }
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
      throw new IllegalArgumentException(name + where + ": not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
