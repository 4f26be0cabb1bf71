package io.pgscim.ingest.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.ingest.IngestConfig;
import io.pgscim.ingest.discovery.Catalog;
import io.pgscim.scim.resource.Tolerance;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {

  @ParameterizedTest
  @CsvSource({
    "/scim/v2, default",
    "/scim/v2/Users, default",
    "/scim/v2/okta, okta",
    "/scim/v2/okta/Users/1, okta",
    "/scim/v2/oktan/Users, default",
    "/scim/v2/Users/okta, default",
    "/scim/v2/default/Users, default",
    "/scim/v20/okta, default",
  })
  void thePathNamesTheSource(String path, String source) {
    assertThat(sources("pgscim.sources.okta.tolerance", "strict").at(path).name())
        .isEqualTo(source);
  }

  @Test
  void theDefaultSourceIsConfiguredLikeAnyOther() {
    Sources sources = sources("pgscim.sources.default.tolerance", "strict");

    assertThat(sources.at("/scim/v2/Users").tolerance()).isEqualTo(Tolerance.STRICT);
    assertThat(sources.all()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Okta", "1okta", "okta_1", "admin", "a123456789012345678901234567890123"})
  void aNameThatIsNoPathOfItsOwnIsRefused(String name) {
    assertThatThrownBy(() -> sources("pgscim.sources." + name + ".tolerance", "strict"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("pgscim.sources." + name);
  }

  @Test
  void aNameThatIsWhereATypeIsServedIsRefused(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("robot.json"),
        """
        [{
          "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
          "id": "urn:example:Robot",
          "name": "Robot",
          "attributes": [{"name": "displayName", "type": "string"}]
        }, {
          "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
          "name": "Robot",
          "endpoint": "/robots",
          "schema": "urn:example:Robot"
        }]
        """);

    assertThatThrownBy(
            () ->
                sources(
                    Map.of(
                        "pgscim.resource-types",
                        folder.toString(),
                        "pgscim.sources.robots.tolerance",
                        "strict")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("pgscim.sources.robots")
        .hasMessageContaining("/robots is where resources of a type are served already");
  }

  @Test
  void administratorsMayBeKeptToTheirNetworkWhileClientsAreNot() {
    Sources sources = sources("pgscim.admin.networks", "10.0.0.0/8");

    assertThat(sources.allows("admin", "10.1.2.3")).isTrue();
    assertThat(sources.allows("admin", "192.0.2.1")).isFalse();
    assertThat(sources.allows("default", "192.0.2.1")).isTrue();
  }

  private static Sources sources(String key, String value) {
    return sources(Map.of(key, value));
  }

  private static Sources sources(Map<String, String> configured) {
    IngestConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withMapping(IngestConfig.class)
            .withDefaultValue("pgscim.directory.url", "postgresql://127.0.0.1/x")
            .withDefaultValue("pgscim.directory.username", "x")
            .withDefaultValues(configured)
            .build()
            .getConfigMapping(IngestConfig.class);
    return new Sources(config, new Catalog(config));
  }
}
