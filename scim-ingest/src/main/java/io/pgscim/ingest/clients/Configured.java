package io.pgscim.ingest.clients;

import io.pgscim.ingest.IngestConfig;
import io.pgscim.ingest.Source;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tokens that are configured, for deployments in which nobody calls an admin API. */
final class Configured {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

  private Configured() {}

  /**
   * All of them, each a client of its own: {@code default/token-1}.
   *
   * @throws ConfigurationException for something that is no hash: the service then does not start
   */
  static List<Credential> secrets(IngestConfig config) {
    List<Credential> secrets = new ArrayList<>();
    String byDefault = Source.DEFAULT.name();
    add(secrets, byDefault, "pgscim.access.token-sha256", config.access().tokenSha256());
    config
        .sources()
        .forEach(
            (name, source) ->
                add(
                    secrets,
                    name,
                    "pgscim.sources." + name + ".token-sha256",
                    source.tokenSha256()));
    add(secrets, Client.ADMIN, "pgscim.admin.token-sha256", config.admin().tokenSha256());
    return secrets;
  }

  private static void add(
      List<Credential> secrets, String source, String key, Optional<List<String>> hashes) {
    for (String hash : hashes.orElse(List.of())) {
      if (!SHA256.matcher(hash.strip()).matches()) {
        throw new ConfigurationException(
            key
                + " must hold the SHA-256 of each token as 64 hexadecimal digits, not the token"
                + " itself.");
      }
      long number = secrets.stream().filter(known -> known.source().equals(source)).count() + 1;
      byte[] bytes = HexFormat.of().parseHex(hash.strip());
      for (Credential known : secrets) {
        if (MessageDigest.isEqual(known.hash(), bytes) && !known.source().equals(source)) {
          throw new ConfigurationException(
              key + " has a token that opens " + known.source() + " already; a token opens one.");
        }
      }
      secrets.add(
          new Credential(source, "token-" + number, null, null, Kind.TOKEN, bytes, null, null));
    }
  }
}
