package io.pgscim.parts.network;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between clients and a server of this machine, and does to their connections what networks
 * do: it cuts them, at any moment or at the one at which nobody can know what became of a
 * transaction, makes them slow, or swallows what is sent.
 */
public final class Proxy implements AutoCloseable {
  private static final byte[] COMMIT = "COMMIT".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listening;
  private final String host;
  private final int port;
  private final Random random;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger before = new AtomicInteger();
  private final AtomicInteger after = new AtomicInteger();
  private volatile Weather weather = Weather.FAIR;
  private volatile int percent;

  /**
   * @param host where the server is
   * @param port where it listens
   * @param seed decides which COMMITs are cut
   */
  public Proxy(String host, int port, long seed) {
    try {
      this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.host = host;
    this.port = port;
    this.random = new Random(seed);
    Thread.ofVirtual().name("proxy").start(this::accept);
  }

  /** Where clients connect, on 127.0.0.1. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Of a hundred COMMITs, so many are cut: half before the server gets them, half after. */
  public void cutCommits(int percent) {
    this.percent = percent;
  }

  /** How many were cut before the server heard of the COMMIT. */
  public int cutBefore() {
    return before.get();
  }

  /** How many were cut when the server had it, before its answer came through. */
  public int cutAfter() {
    return after.get();
  }

  /** Closes every connection there is; new ones are taken. */
  public void cut() {
    links.forEach(Link::close);
  }

  /** From now on. */
  public void become(Weather next) {
    weather = next;
    if (!(next instanceof Weather.Silent)) {
      links.stream().filter(link -> link.deaf).forEach(Link::close);
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(host, port)) {
      var link = new Link(client, server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      links.add(link);
      Thread answers = Thread.ofVirtual().start(() -> answers(link));
      questions(link);
      link.close();
      answers.join();
    } catch (IOException gone) {
      quietly(client); // As a network does it: without a word.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void questions(Link link) throws IOException, InterruptedException {
    InputStream in = link.client.getInputStream();
    OutputStream out = link.server.getOutputStream();
    byte[] buffer = new byte[1 << 16];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (percent > 0 && contains(buffer, read, COMMIT) && random.nextInt(100) < percent) {
        cutAround(link, buffer, read);
        return;
      }
      pass(link, buffer, read, out);
    }
  }

  private void cutAround(Link link, byte[] commit, int length)
      throws IOException, InterruptedException {
    if (random.nextBoolean()) {
      before.incrementAndGet();
      return;
    }
    after.incrementAndGet();
    link.client.close(); // No answer gets through any more.
    link.server.getOutputStream().write(commit, 0, length);
    Thread.sleep(random.nextInt(50)); // A server that finds its client gone still commits.
  }

  private void answers(Link link) {
    try {
      InputStream in = link.server.getInputStream();
      OutputStream out = link.client.getOutputStream();
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        pass(link, buffer, read, out);
      }
    } catch (IOException cut) {
      // One of the two is gone, and so the other has to go.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    link.close();
  }

  private void pass(Link link, byte[] bytes, int length, OutputStream out)
      throws IOException, InterruptedException {
    switch (weather) {
      case Weather.Fair fair -> {}
      case Weather.Slow slow -> Thread.sleep(slow.by());
      case Weather.Silent silent -> link.deaf = true;
    }
    // Looked at again: the weather may have changed since this connection lost something.
    if (!link.deaf) {
      out.write(bytes, 0, length);
    } else if (!(weather instanceof Weather.Silent)) {
      link.close();
    }
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
    cut();
  }

  /** Both connections of one client. */
  private final class Link {
    private final Socket client;
    private final Socket server;
    private volatile boolean deaf;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void close() {
      links.remove(this);
      quietly(client);
      quietly(server);
    }
  }
}
