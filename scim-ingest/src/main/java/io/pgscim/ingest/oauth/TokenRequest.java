package io.pgscim.ingest.oauth;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who asks for an access token, and how (RFC 6749 §4.4.2).
 *
 * @param basic whether the client spoke in the Authorization header (§2.3.1)
 */
record TokenRequest(String clientId, String clientSecret, boolean basic) {
  private static final String BASIC = "Basic ";

  /**
   * @param headers every Authorization header that the request has
   * @param form the body, application/x-www-form-urlencoded
   * @throws OAuthError for what §5.2 has a word for
   */
  static TokenRequest of(List<String> headers, String form) {
    Map<String, String> parameters = parameters(form);
    String grant = parameters.get("grant_type");
    if (grant == null) {
      throw new OAuthError("invalid_request", "grant_type is missing");
    }
    if (!grant.equals("client_credentials")) {
      throw new OAuthError("unsupported_grant_type", "grant_type must be client_credentials");
    }
    TokenRequest posted =
        new TokenRequest(parameters.get("client_id"), parameters.get("client_secret"), false);
    if (headers.isEmpty()) {
      return posted;
    }
    if (posted.clientSecret() != null || headers.size() > 1) {
      throw new OAuthError(
          "invalid_request",
          "the client speaks for itself in one header or in the body, not twice");
    }
    return basic(headers.getFirst());
  }

  /** Whether it says who asks at all. */
  boolean complete() {
    return clientId != null && clientSecret != null;
  }

  private static TokenRequest basic(String authorization) {
    if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return new TokenRequest(null, null, true);
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      int colon = text.indexOf(':');
      return colon < 0
          ? new TokenRequest(null, null, true)
          : new TokenRequest(
              decoded(text.substring(0, colon)), decoded(text.substring(colon + 1)), true);
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return new TokenRequest(null, null, true);
    }
  }

  private static Map<String, String> parameters(String form) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : form.split("&")) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        continue;
      }
      try {
        String name = decoded(pair.substring(0, equals));
        // A parameter without a value counts as missing, one given twice as an error (§3.2).
        String value = decoded(pair.substring(equals + 1));
        if (!value.isEmpty() && parameters.put(name, value) != null) {
          throw new OAuthError("invalid_request", "a parameter appears twice");
        }
      } catch (IllegalArgumentException e) {
        throw new OAuthError("invalid_request", "the body is not a form");
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
