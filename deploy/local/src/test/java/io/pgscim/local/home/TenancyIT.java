package io.pgscim.local.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgscim.local.home.Ports.Use;
import io.pgscim.parts.PartsException;
import io.pgscim.parts.embedded.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenancyIT {
  @TempDir Path folder;
  private Home home;

  @BeforeEach
  void open() {
    home = Home.at(folder.resolve("data"));
    home.open();
  }

  @Test
  void isForOneAtATime() {
    try (Tenancy first = Tenancy.of(home, Map.of())) {
      assertThatThrownBy(() -> Tenancy.of(home, Map.of()))
          .isInstanceOf(PartsException.class)
          .hasMessageContaining("another quickstart")
          .hasMessageContaining("--data");
      assertThat(first.ports()).isNotNull();
    }
    Tenancy.of(home, Map.of()).close();
  }

  @Test
  void keepsItsPorts() {
    int scim = portOfOneStay(Map.of());

    assertThat(portOfOneStay(Map.of())).isEqualTo(scim);
  }

  @Test
  void takesThePortThatIsAskedFor() {
    portOfOneStay(Map.of());
    int wanted = FreePort.choose();

    assertThat(portOfOneStay(Map.of(Use.SCIM_INGEST, wanted))).isEqualTo(wanted);
    assertThat(portOfOneStay(Map.of())).isEqualTo(wanted);
  }

  @Test
  void namesThePortThatIsTaken() throws IOException {
    int scim = portOfOneStay(Map.of());
    try (ServerSocket other = new ServerSocket(scim, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Tenancy.of(home, Map.of()))
          .isInstanceOf(PartsException.class)
          .hasMessageContaining("port " + other.getLocalPort())
          .hasMessageContaining("scim-ingest");
      assertThatThrownBy(() -> Tenancy.of(home, Map.of(Use.SCIM_INGEST, scim)))
          .isInstanceOf(PartsException.class)
          .hasMessageContaining("port " + scim + ", asked for scim-ingest, is taken");
    }
    assertThat(portOfOneStay(Map.of())).isEqualTo(scim);
  }

  @Test
  void makesAPrivateTokenOnce() throws IOException {
    String token = home.token();

    assertThat(token).hasSize(43).isEqualTo(home.token());
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(home.file("scim-token"))))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.folder())))
        .isEqualTo("rwx------");
  }

  private int portOfOneStay(Map<Use, Integer> wanted) {
    try (Tenancy stay = Tenancy.of(home, wanted)) {
      return stay.ports().of(Use.SCIM_INGEST);
    }
  }
}
