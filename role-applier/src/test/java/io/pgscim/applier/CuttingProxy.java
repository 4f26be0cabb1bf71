package io.pgscim.applier;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between an applier and its server, and cuts connections at the one moment at which nobody
 * can know what became of the transaction: when COMMIT is on its way, before or after the server
 * got it.
 */
final class CuttingProxy implements AutoCloseable {
  private static final byte[] COMMIT = "COMMIT".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listening;
  private final String host;
  private final int port;
  private final Random random;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger before = new AtomicInteger();
  private final AtomicInteger after = new AtomicInteger();

  /** Of a hundred COMMITs, so many are cut. */
  volatile int percent;

  CuttingProxy(String host, int port, long seed) throws IOException {
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.host = host;
    this.port = port;
    this.random = new Random(seed);
    Thread.ofVirtual().name("proxy").start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Cut before the server heard of the COMMIT. */
  int cutBefore() {
    return before.get();
  }

  /** Cut when the server had it, before its answer came through. */
  int cutAfter() {
    return after.get();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(host, port)) {
      open.add(server);
      Thread answers = Thread.ofVirtual().start(() -> answers(server, client));
      questions(client, server);
      client.close();
      answers.join();
    } catch (IOException gone) {
      quietly(client); // As a network does it: without a word.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void questions(Socket client, Socket server) throws IOException, InterruptedException {
    InputStream in = client.getInputStream();
    OutputStream out = server.getOutputStream();
    byte[] buffer = new byte[1 << 16];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (contains(buffer, read, COMMIT) && random.nextInt(100) < percent) {
        if (random.nextBoolean()) {
          before.incrementAndGet();
          server.close();
          return;
        }
        after.incrementAndGet();
        client.close(); // No answer gets through any more.
        out.write(buffer, 0, read);
        out.flush();
        Thread.sleep(random.nextInt(50)); // A server that finds its client gone still commits.
        server.close();
        return;
      }
      out.write(buffer, 0, read);
    }
    server.close();
  }

  private static void answers(Socket server, Socket client) {
    try {
      server.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException cut) {
      // One of the two is gone, and so the other has to go.
    }
    quietly(server);
    quietly(client);
  }

  private static boolean contains(byte[] text, int length, byte[] word) {
    for (int i = 0; i + word.length <= length; i++) {
      int at = 0;
      while (at < word.length && text[i + at] == word[at]) {
        at++;
      }
      if (at == word.length) {
        return true;
      }
    }
    return false;
  }

  private static void quietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone, which is what was wanted.
    }
  }

  @Override
  public void close() {
    quietly(listening);
    open.forEach(CuttingProxy::quietly);
  }
}
