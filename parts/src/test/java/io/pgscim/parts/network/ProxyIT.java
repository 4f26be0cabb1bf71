package io.pgscim.parts.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Before a server that answers with what it is sent. */
class ProxyIT {
  private ServerSocket server;
  private Proxy proxy;
  private Socket client;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::echo);
    proxy = new Proxy("127.0.0.1", server.getLocalPort(), 1);
    client = open();
    assertThat(say("hello")).isEqualTo("hello");
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    proxy.close();
    server.close();
  }

  @Test
  void cutsWhatIsOpenAndTakesWhatIsNew() throws IOException {
    proxy.cut();
    assertThat(ends()).isTrue();
    client = open();
    assertThat(say("again")).isEqualTo("again");
  }

  @Test
  void isSlowEachWay() throws IOException {
    proxy.become(new Weather.Slow(Duration.ofMillis(100)));
    long begin = System.nanoTime();
    assertThat(say("late")).isEqualTo("late");
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isGreaterThanOrEqualTo(Duration.ofMillis(200));
  }

  @Test
  void swallowsAndNeverGivesBackAConnectionThatLacksSomething() throws IOException {
    proxy.become(Weather.SILENT);
    client.setSoTimeout(200);
    assertThatThrownBy(() -> say("lost")).isInstanceOf(SocketTimeoutException.class);
    proxy.become(Weather.FAIR);
    assertThat(ends()).isTrue();
  }

  @Test
  void cutsAroundCommitAndCountsOnWhichSide() throws IOException {
    proxy.cutCommits(100);
    for (int i = 0; i < 20; i++) {
      client.getOutputStream().write("COMMIT".getBytes(StandardCharsets.US_ASCII));
      assertThat(ends()).isTrue();
      client.close();
      client = open();
    }
    assertThat(proxy.cutBefore()).isPositive();
    assertThat(proxy.cutAfter()).isPositive();
    assertThat(proxy.cutBefore() + proxy.cutAfter()).isEqualTo(20);
    assertThat(say("SELECT")).isEqualTo("SELECT");
  }

  private Socket open() throws IOException {
    var socket = new Socket("127.0.0.1", proxy.port());
    socket.setSoTimeout(5000);
    return socket;
  }

  private String say(String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return new String(client.getInputStream().readNBytes(text.length()), StandardCharsets.US_ASCII);
  }

  private boolean ends() {
    try {
      client.setSoTimeout(5000);
      return client.getInputStream().read() < 0;
    } catch (SocketTimeoutException stillOpen) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private void echo() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual()
            .start(
                () -> {
                  try (socket) {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                  } catch (IOException gone) {
                    // The proxy cut it.
                  }
                });
      } catch (IOException closed) {
        return;
      }
    }
  }
}
