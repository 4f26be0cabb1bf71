package io.pgscim.applier;

import io.pgscim.applier.digest.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The people who hold a token, known by its hash alone. */
@ApplicationScoped
class Admins {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,100}");
  private static final String BEARER = "Bearer ";

  private final Map<String, String> hashes = new TreeMap<>();

  Admins(AdminConfig config) {
    config
        .tokenSha256()
        .forEach(
            (name, hash) -> {
              String hex = hash.strip().toLowerCase(Locale.ROOT);
              if (!NAME.matcher(name).matches() || !HASH.matcher(hex).matches()) {
                throw new IllegalArgumentException(
                    "pgscim.admin.token-sha256."
                        + name
                        + " must be the SHA-256 of a token, 64 hex digits, under a name of letters,"
                        + " digits and ._@-");
              }
              hashes.put(name, hex);
            });
  }

  boolean none() {
    return hashes.isEmpty();
  }

  /**
   * Who sent this header.
   *
   * @param authorization may be null
   */
  Optional<String> named(String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    byte[] hash = ascii(Sha256.of(authorization.substring(BEARER.length()).strip()));
    String found = null;
    // Every hash is compared, whole: how long it takes says nothing.
    for (Map.Entry<String, String> admin : hashes.entrySet()) {
      if (MessageDigest.isEqual(hash, ascii(admin.getValue()))) {
        found = admin.getKey();
      }
    }
    return Optional.ofNullable(found);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
