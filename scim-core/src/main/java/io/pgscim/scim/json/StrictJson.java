package io.pgscim.scim.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.ScimType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * A request body as one JSON object: UTF-8, no duplicate names, nothing behind it, bounded depth,
 * numbers and tokens.
 */
public final class StrictJson {
  /** Deepest nesting; a resource in a bulk request needs eight. */
  public static final int MAX_DEPTH = 32;

  /**
   * Most tokens: a name, a value and each bracket is one. As a tree, a body of nothing but {@code
   * {}} takes thirty times its own size.
   */
  public static final int MAX_TOKENS = 1_000_000;

  private static final int MAX_NAME = 1_024;
  private static final int MAX_NUMBER = 128;

  /**
   * The detail of the error about a body that is nested too deep, or has giant names or numbers.
   */
  public static final String LIMITS =
      "the body exceeds a limit: nesting "
          + MAX_DEPTH
          + ", names "
          + MAX_NAME
          + " characters, numbers "
          + MAX_NUMBER
          + " digits, "
          + MAX_TOKENS
          + " tokens";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxTokenCount(MAX_TOKENS)
                          .maxNameLength(MAX_NAME)
                          .maxNumberLength(MAX_NUMBER)
                          .build())
                  // Clients choose the names: they are to fill no table that outlives the request.
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private StrictJson() {}

  /**
   * The object that the bytes spell.
   *
   * @throws ScimException 400 invalidSyntax, saying what is wrong and where; never quoting the text
   */
  public static ObjectNode object(byte[] utf8) {
    JsonNode json = read(utf8);
    if (json instanceof ObjectNode object) {
      return object;
    }
    throw error(json.isMissingNode() ? "the body is empty" : "the body is not a JSON object");
  }

  private static JsonNode read(byte[] utf8) {
    if (!isUtf8(utf8)) {
      throw error("the body is not UTF-8");
    }
    try {
      return MAPPER.readTree(utf8);
    } catch (StreamConstraintsException e) {
      throw error(LIMITS);
    } catch (JsonProcessingException e) {
      boolean duplicate = e instanceof JsonParseException && e.getMessage().startsWith("Duplicate");
      throw error(
          (duplicate ? "a name appears twice in one object" : "the body is not JSON")
              + place(e.getLocation()));
    } catch (IOException e) {
      throw error("the body cannot be read");
    }
  }

  /** Jackson lets overlong forms and surrogates pass. */
  private static boolean isUtf8(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(Math.min(bytes.length + 1, 8_192));
    CoderResult result;
    do {
      result = decoder.decode(in, out.clear(), true);
    } while (result.isOverflow());
    return !result.isError();
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : ", line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static ScimException error(String detail) {
    return ScimException.badRequest(ScimType.INVALID_SYNTAX, detail);
  }
}
