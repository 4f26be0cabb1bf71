package io.pgscim.ingest.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A connection that sends whatever it is told to; every HTTP client would be too polite. */
final class Wire implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Socket socket;
  private final InputStream in;

  private Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** What came back. Header names are in lower case. */
  record Reply(int status, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException("not JSON: " + text(), e);
      }
    }

    boolean isError() {
      return status >= 400 && status < 500;
    }
  }

  static Wire to(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    return new Wire(socket);
  }

  /** Sends the bytes; that the other side does not want them any more is no failure. */
  Wire send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException closed) {
      // The answer, if there is one, tells.
    }
    return this;
  }

  Wire send(String text) {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The next answer, without interim ones; null when the connection ends instead. */
  Reply reply() throws IOException {
    return reply(true);
  }

  /** The next answer to a HEAD. */
  Reply bodiless() throws IOException {
    return reply(false);
  }

  private Reply reply(boolean withBody) throws IOException {
    socket.setSoTimeout((int) PATIENCE.toMillis());
    try {
      while (true) {
        String status = line();
        if (status == null) {
          return null;
        }
        Map<String, String> headers = headers();
        int code = Integer.parseInt(status.split(" ")[1]);
        if (code == 100) {
          continue;
        }
        int length = withBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
        return new Reply(code, headers, in.readNBytes(length));
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException reset) {
      return null;
    }
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); line != null && !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /**
   * Whether the other side ends the connection before that moment of {@link System#nanoTime}; what
   * it says meanwhile is dropped.
   */
  boolean endsBefore(long end) {
    byte[] dropped = new byte[65_536];
    try {
      do {
        socket.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
        if (in.read(dropped) < 0) {
          return true;
        }
      } while (System.nanoTime() < end);
      return false;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
