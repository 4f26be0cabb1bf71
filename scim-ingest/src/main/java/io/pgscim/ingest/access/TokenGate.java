package io.pgscim.ingest.access;

import io.pgscim.ingest.IngestConfig;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Knows the bearer tokens by their hashes (RFC 6750 §2.1). */
@Startup
@ApplicationScoped
public class TokenGate {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
  private static final String BEARER = "Bearer ";

  /** Longest Authorization header that is looked at. */
  private static final int MAX_HEADER = 4_096;

  private final List<byte[]> hashes;

  /**
   * @throws ConfigurationException when no token is configured, or something that is no hash: the
   *     service then does not start
   */
  public TokenGate(IngestConfig config) {
    List<byte[]> known = new ArrayList<>();
    for (String hash : config.access().tokenSha256().orElse(List.of())) {
      if (!SHA256.matcher(hash.strip()).matches()) {
        throw new ConfigurationException(
            "pgscim.access.token-sha256 must hold the SHA-256 of each token as 64 hexadecimal"
                + " digits, not the token itself.");
      }
      known.add(HexFormat.of().parseHex(hash.strip()));
    }
    if (known.isEmpty()) {
      throw new ConfigurationException(
          "scim-ingest needs at least one token: set PGSCIM_ACCESS_TOKEN_SHA256 to the SHA-256 of"
              + " the bearer token that the identity provider will send.");
    }
    this.hashes = List.copyOf(known);
  }

  /** What became of a request's credential. */
  public sealed interface Outcome {}

  /**
   * The token is known.
   *
   * @param actor which one it is, fit for events and logs
   */
  public record Admitted(String actor) implements Outcome {}

  /**
   * It is not.
   *
   * @param reason {@code missing} or {@code unknown}
   */
  public record TurnedAway(String reason) implements Outcome {}

  /** Judges the value of an Authorization header; null when there is none. */
  public Outcome judge(String source, String authorization) {
    if (authorization == null
        || authorization.length() > MAX_HEADER
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return new TurnedAway("missing");
    }
    byte[] hash = sha256(authorization.substring(BEARER.length()).strip());
    int found = -1;
    for (int i = 0; i < hashes.size(); i++) {
      // Every hash is compared, and each in constant time: how long it takes says nothing.
      if (MessageDigest.isEqual(hashes.get(i), hash)) {
        found = i;
      }
    }
    return found < 0 ? new TurnedAway("unknown") : new Admitted(source + "/token-" + (found + 1));
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
