package io.pgscim.admission;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** People and programs that hold a bearer token (RFC 6750), which is known by its hash alone. */
public final class BearerTokens {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,100}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final String BEARER = "Bearer ";

  private final Map<String, byte[]> hashes = new TreeMap<>();

  /**
   * Those who are configured.
   *
   * @param property of which they are the keys, for the message
   * @param tokenSha256 by name, the SHA-256 of a token in hex
   * @throws IllegalArgumentException with what is allowed, when a name or a hash is none
   */
  public BearerTokens(String property, Map<String, String> tokenSha256) {
    tokenSha256.forEach(
        (name, hash) -> {
          String hex = hash.strip().toLowerCase(Locale.ROOT);
          if (!NAME.matcher(name).matches() || !HASH.matcher(hex).matches()) {
            throw new IllegalArgumentException(
                property
                    + "."
                    + name
                    + " must be the SHA-256 of a token, 64 hex digits, under a name of letters,"
                    + " digits and ._@-");
          }
          hashes.put(name, HexFormat.of().parseHex(hex));
        });
  }

  /** Whether nobody holds a token. */
  public boolean none() {
    return hashes.isEmpty();
  }

  /**
   * Who sent this header.
   *
   * @param authorization may be null
   */
  public Optional<String> named(String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    byte[] hash = sha256(authorization.substring(BEARER.length()).strip());
    String found = null;
    // Every hash is compared, whole: how long it takes says nothing.
    for (Map.Entry<String, byte[]> holder : hashes.entrySet()) {
      if (MessageDigest.isEqual(hash, holder.getValue())) {
        found = holder.getKey();
      }
    }
    return Optional.ofNullable(found);
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
