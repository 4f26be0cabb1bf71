package io.pgscim.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Policies for stacks that are measured. */
final class Policies {
  private Policies() {}

  /** The group {@code group-N} gives the access role {@code aN}, for N from 0. */
  static Path groupsThatGiveOneRole(int groups) throws IOException {
    String policy =
        """
        cluster: local
        databases: [app]
        owners: [app_owner]
        login_roles:
          for: 'active eq true'
          name: '{userName}'
        access_roles:
        %srules:
        %s\
        """
            .formatted(
                lines(groups, "  a%d: {}%n"),
                lines(groups, "  - { group: group-%1$d, gives: [a%1$d] }%n"));
    return Files.writeString(Files.createTempFile("policy", ".yaml"), policy);
  }

  private static String lines(int count, String line) {
    return IntStream.range(0, count).mapToObj(line::formatted).collect(Collectors.joining());
  }
}
