package io.pgscim.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class LoadClientIT {
  private static final int STALL_MILLIS = 500;
  private static final byte[] REQUEST = "GET / HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1);
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".getBytes(ISO_8859_1);

  /** Answers at once, but for one request in the middle. */
  private static void serve(ServerSocket server, int stalls) {
    try (Socket client = server.accept()) {
      var in = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
      int request = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.isEmpty()) { // the end of a request's head
          if (request++ == stalls) {
            Thread.sleep(STALL_MILLIS);
          }
          client.getOutputStream().write(ANSWER);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Of 200 requests due each 10 ms, those of half a second wait, on average half of it. */
  @Test
  void stallIsSeenByAllThatWereDueInIt() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> serve(server, 100));
      try (var client = new LoadClient(server.getLocalPort(), 1)) {
        LoadClient.Run run = client.atRate(100, 200, 200, () -> REQUEST);

        assertThat(run.answers()).isEqualTo(200);
        assertThat(run.latencies().p99()).isGreaterThan(STALL_MILLIS * 0.9);
        assertThat(run.latencies().atLeast(STALL_MILLIS / 2.0)).isBetween(20L, 60L);
      }
    }
  }

  @Test
  void closedLoopSeesItOnce() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> serve(server, 100));
      try (var client = new LoadClient(server.getLocalPort(), 1)) {
        LoadClient.Run run = client.run(200, 200, () -> REQUEST);

        assertThat(run.latencies().atLeast(STALL_MILLIS / 2.0)).isEqualTo(1);
      }
    }
  }
}
