package io.pgscim.scim.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
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

  private static final ObjectMapper MAPPER = mapper(MAX_TOKENS);

  /** Stands for each element without a value, of which there may be a million. */
  private static final ObjectNode NO_VALUE = MAPPER.createObjectNode();

  /** Reads much that it does not keep. */
  private static final ObjectMapper ABRIDGING = mapper(3L * MAX_TOKENS);

  private static final ObjectReader PARTS =
      ABRIDGING.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private StrictJson() {}

  private static ObjectMapper mapper(long tokens) {
    return JsonMapper.builder(
            JsonFactory.builder()
                .streamReadConstraints(
                    StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxTokenCount(tokens)
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
  }

  /**
   * The object that the bytes spell.
   *
   * @throws ScimException 400 invalidSyntax, saying what is wrong and where; never quoting the text
   */
  public static ObjectNode object(byte[] utf8) {
    return object(utf8, null);
  }

  /**
   * The object that the bytes spell, with one attribute's elements brought down to their {@code
   * value}, which may be a hundred thousand: an object per element would take ten times the room of
   * the text.
   *
   * @param brief the attribute, in any case; an element of it that has no text as its value becomes
   *     an empty object; null for none
   * @throws ScimException 400 invalidSyntax, saying what is wrong and where; never quoting the text
   */
  public static ObjectNode object(byte[] utf8, String brief) {
    JsonNode json = read(utf8, brief);
    if (json instanceof ObjectNode object) {
      return object;
    }
    throw error(json.isMissingNode() ? "the body is empty" : "the body is not a JSON object");
  }

  private static JsonNode read(byte[] utf8, String brief) {
    if (!isUtf8(utf8)) {
      throw error("the body is not UTF-8");
    }
    try {
      return brief == null ? MAPPER.readTree(utf8) : abridged(utf8, brief);
    } catch (StreamConstraintsException | NumberFormatException e) {
      // The latter is about an exponent.
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

  private static JsonNode abridged(byte[] utf8, String brief) throws IOException {
    try (JsonParser parser = ABRIDGING.createParser(utf8)) {
      JsonParser kept = new Kept(parser);
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return MAPPER.readTree(utf8);
      }
      ObjectNode object = MAPPER.createObjectNode();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        boolean array = parser.nextToken() == JsonToken.START_ARRAY;
        object.set(
            name,
            array && name.equalsIgnoreCase(brief) ? values(parser, kept) : PARTS.readTree(kept));
      }
      if (parser.nextToken() != null) {
        throw error("the body is not JSON" + place(parser.currentTokenLocation()));
      }
      return object;
    }
  }

  /** Bounds the tokens that are kept; children that are skipped do not count. */
  private static final class Kept extends JsonParserDelegate {
    private int tokens;

    Kept(JsonParser parser) {
      super(parser);
    }

    @Override
    public JsonToken nextToken() throws IOException {
      if (++tokens > MAX_TOKENS) {
        throw new StreamConstraintsException(LIMITS);
      }
      return super.nextToken();
    }
  }

  private static ArrayNode values(JsonParser parser, JsonParser kept) throws IOException {
    ArrayNode values = MAPPER.createArrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(
          parser.currentToken() == JsonToken.START_OBJECT
              ? value(parser, kept)
              : PARTS.readTree(kept));
    }
    return values;
  }

  private static JsonNode value(JsonParser parser, JsonParser kept) throws IOException {
    JsonNode value = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = parser.currentName().equalsIgnoreCase("value");
      parser.nextToken();
      if (wanted && value == null) {
        value = PARTS.readTree(kept);
      } else {
        parser.skipChildren();
      }
    }
    return value != null && value.isTextual() ? value : NO_VALUE;
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
