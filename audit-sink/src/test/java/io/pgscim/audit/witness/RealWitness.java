package io.pgscim.audit.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.Hash;
import io.pgscim.audit.tlog.NoteException;
import io.pgscim.audit.tlog.Proof;
import io.pgscim.audit.tlog.SignedCheckpoint;
import io.pgscim.audit.tlog.SignerKey;
import io.pgscim.audit.tlog.VerifierKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A small witness over HTTP (C2SP tlog-witness) of one log, whose state is its own. */
public final class RealWitness implements AutoCloseable {
  private final SignerKey key;
  private final HttpServer server;
  private Checkpoint last;
  private VerifierKey log;
  public volatile long delayMillis;
  public final AtomicInteger asked = new AtomicInteger();

  public RealWitness(String name) throws IOException {
    key = SignerKey.generate(name);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/w/add-checkpoint", this::answer);
    server.start();
  }

  /** The log whose checkpoints it signs. */
  public synchronized void trust(VerifierKey log) {
    this.log = log;
  }

  /** As {@code pgscim.audit.witnesses} wants it. */
  public String setting() {
    return verifier().text() + " http://127.0.0.1:" + server.getAddress().getPort() + "/w";
  }

  public VerifierKey verifier() {
    return key.verifier().cosigner();
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    try {
      Thread.sleep(delayMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Answer answer = judge(body);
    byte[] bytes = answer.body().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private record Answer(int status, String type, String body) {
    static Answer of(int status) {
      return new Answer(status, "text/plain", "");
    }
  }

  private synchronized Answer judge(String body) {
    int split = body.indexOf("\n\n");
    String[] head = body.substring(0, split).split("\n");
    long old = Long.parseLong(head[0].replaceFirst("^old ", ""));
    List<Hash> path =
        List.of(head).subList(1, head.length).stream()
            .map(line -> Hash.of(Base64.getDecoder().decode(line)))
            .toList();
    Checkpoint now;
    try {
      now = SignedCheckpoint.open(body.substring(split + 2), List.of(log)).checkpoint();
    } catch (NoteException e) {
      return Answer.of(403);
    }
    if (old > now.size()) {
      return Answer.of(400);
    }
    long mine = last == null ? 0 : last.size();
    if (old != mine) {
      return new Answer(409, "text/x.tlog.size", mine + "\n");
    }
    if (last != null && mine == now.size() && !last.root().equals(now.root())) {
      return Answer.of(409);
    }
    Hash root = last == null ? Hash.EMPTY : last.root();
    if (!Proof.consistent(old, root, now.size(), now.root(), path)) {
      return Answer.of(422);
    }
    last = now;
    return new Answer(200, "text/plain", key.cosign(now.text(), Instant.now()).toString());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
