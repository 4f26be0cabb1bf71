package io.pgscim.audit.command;

import static io.pgscim.audit.Samples.lines;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pgscim.audit.entry.Line;
import io.pgscim.audit.tlog.SignerKey;
import io.pgscim.audit.tree.WrittenTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, on a folder and on the same folder behind a web server. */
class CommandIT {
  @TempDir Path log;
  @TempDir Path kept;
  private String key;
  private HttpServer server;
  private String url;
  private volatile Path served;
  private volatile Path next;
  private volatile String token;
  private final AtomicInteger looks = new AtomicInteger();

  @BeforeEach
  void write() throws Exception {
    key = WrittenTree.write(log, lines(0, 1000));
    served = log;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/audit", this::serve);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort() + "/audit/";
  }

  private void serve(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().replaceFirst("^/audit/", "");
    if (token != null
        && !("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      exchange.sendResponseHeaders(401, -1);
      exchange.close();
      return;
    }
    if (name.equals("checkpoint") && next != null && looks.incrementAndGet() > 1) {
      served = next;
    }
    Path file = served.resolve(name);
    if (Files.isRegularFile(file)) {
      byte[] bytes = Files.readAllBytes(file);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    } else {
      exchange.sendResponseHeaders(404, -1);
    }
    exchange.close();
  }

  @Test
  void whereATokenIsAskedForItIsSentAndOtherwiseSaid(@TempDir Path elsewhere) throws Exception {
    token = "reads-the-log";
    Path file = Files.writeString(elsewhere.resolve("token"), token + "\n");

    assertThat(Run.out(0, "verify", url, "--key", key, "--token-file", file))
        .startsWith("intact: 1000 entries");
    Run refused = Run.audit("verify", url, "--key", key);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("asks for a token").contains("AUDIT_TOKEN");
    token = "another";
    assertThat(Run.audit("verify", url, "--key", key, "--token-file", file).err())
        .contains("asks for a token")
        .doesNotContain("reads-the-log");
  }

  /** From the second look at the checkpoint on, the server has these entries instead. */
  private void then(Path folder, List<Line> entries) throws IOException {
    Files.createDirectories(folder.resolve("private"));
    Files.copy(log.resolve("private/key"), folder.resolve("private/key"));
    Files.setPosixFilePermissions(
        folder.resolve("private/key"), PosixFilePermissions.fromString("rw-------"));
    WrittenTree.write(folder, entries);
    looks.set(0);
    next = folder;
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aLogBehindAUrlIsCheckedLikeAFolder() throws Exception {
    assertThat(Run.out(0, "verify", url, "--key", key)).isEqualTo(Run.out(0, "verify", log));

    Files.delete(log.resolve("tile/0/001"));
    assertThat(Run.out(1, "verify", url)).isEqualTo("broken: tile/0/001: is missing\n");
    server.stop(0);
    assertThat(Run.audit("verify", url, "--key", key))
        .satisfies(
            run -> {
              assertThat(run.code()).isEqualTo(2);
              assertThat(run.err()).contains("nobody answers at " + url);
            });
  }

  @Test
  void onlyWhatCameAfterTheLastCheckIsRead() throws Exception {
    Path state = kept.resolve("state");
    Run.out(0, "verify", log, "--key", key, "--state", state);
    WrittenTree.rewrite(log, lines(0, 2000));
    Files.delete(log.resolve("tile/entries/000"));

    assertThat(Run.out(0, "verify", log, "--key", key, "--state", state))
        .startsWith("intact: 2000 entries");
    assertThat(Run.out(1, "verify", log, "--key", key)).contains("tile/entries/000: is missing");
    assertThat(Files.readString(state)).contains("\"size\" : 2000");

    Files.writeString(state, Files.readString(state).replace("2000", "2001"));
    assertThat(Run.audit("verify", log, "--state", state).err())
        .contains("cannot be used")
        .contains("remove it to check everything");
  }

  @Test
  void anOlderCheckpointBehindTheStateMakesItReadEverything() throws Exception {
    Path older = Files.copy(log.resolve("checkpoint"), kept.resolve("older"));
    WrittenTree.rewrite(log, lines(0, 2000));
    Path state = kept.resolve("state");
    Run.out(0, "verify", log, "--state", state, "--since", older);
    Files.delete(log.resolve("tile/entries/000"));

    assertThat(Run.out(1, "verify", log, "--state", state, "--since", older))
        .contains("tile/entries/000: is missing");
  }

  @Test
  void anyOfTheKeysThatALogWasRotatedThroughWillDo() throws Exception {
    String other = SignerKey.generate("pgscim.example/audit").verifier().text();
    Path file = Files.writeString(kept.resolve("keys"), other + "\n" + key + "\n");

    Run.out(0, "verify", log, "--key", file);
    Run.out(0, "verify", log, "--key", other, "--key", key);
    assertThat(Run.out(1, "verify", log, "--key", other))
        .isEqualTo("broken: checkpoint: not signed by pgscim.example/audit\n");
  }

  @Test
  void aProofIsCheckedWithTheKeyAlone() throws Exception {
    Path proof = kept.resolve("777.tlog-proof");
    Run.out(0, "prove", url, "777", "--key", key, "--out", proof);

    assertThat(Run.out(0, "verify-proof", proof, "--key", key))
        .isEqualTo(
            "    777  2026-03-01T09:30:00Z  recorded  add-member  group=g user=u777"
                + "  by okta/token-1  txn t-777\n");
    assertThat(Run.audit("verify-proof", proof).code()).isEqualTo(2);
    Path entry = kept.resolve("entry");
    Files.writeString(entry, "{\"form\":1}");
    assertThat(Run.out(1, "verify-proof", proof, "--key", key, "--entry", entry))
        .contains("the path does not lead from this entry to the root that was signed");
    Files.writeString(proof, Files.readString(proof).replace("index 777", "index 778"));
    Run.out(1, "verify-proof", proof, "--key", key);
    assertThat(Run.audit("prove", log, "1000").code()).isEqualTo(1);
  }

  @Test
  void entriesAreShownByIndexAndByFilter() throws Exception {
    assertThat(Run.out(0, "show", log, "5", "--json")).startsWith("{\"index\":5,\"details\":");
    assertThat(Run.out(0, "show", url, "--user", "u12").lines()).hasSize(1);
    assertThat(Run.out(0, "show", log, "--what", "add-member", "--since", "2026-03-01").lines())
        .hasSize(1000);
    assertThat(Run.out(1, "show", log, "--until", "2026-03-01")).isEmpty();

    byte[] bundle = Files.readAllBytes(log.resolve("tile/entries/000"));
    bundle[900] ^= 1;
    Files.write(log.resolve("tile/entries/000"), bundle);
    assertThat(Run.out(1, "show", log, "5")).startsWith("broken: tile/entries/000: entry ");
  }

  @Test
  void newEntriesAreFollowedAndARewrittenLogIsNot() throws Exception {
    then(kept.resolve("grown"), lines(0, 1500));
    String shown =
        Run.out(0, "follow", url, "--from", "990", "--until-size", "1500", "--key", key, "--json");

    assertThat(shown.lines()).hasSize(510);
    assertThat(shown).startsWith("{\"index\":990,").contains("\n{\"index\":1499,");

    then(kept.resolve("rewritten"), lines(5, 1800));
    assertThat(Run.out(1, "follow", url, "--until-size", "1700", "--key", key))
        .startsWith("broken: the checkpoint before: the first 1500 entries are not those");
  }

  @Test
  void exportedFilesAreThereOnlyWhenTheLogIsIntact() throws Exception {
    Path csv = kept.resolve("log.csv");
    Path ocsf = kept.resolve("log.ocsf");
    Run.out(0, "export", log, "--format", "csv", "--out", csv);
    Run.out(0, "export", url, "--format", "ocsf", "--out", ocsf, "--user", "u7");
    assertThat(Files.readAllLines(csv)).hasSize(1001);
    assertThat(Files.readString(ocsf)).startsWith("{\"class_uid\":3006,").contains("\"index\":7,");

    byte[] bundle = Files.readAllBytes(log.resolve("tile/entries/000"));
    bundle[900] ^= 1;
    Files.write(log.resolve("tile/entries/000"), bundle);
    Path none = kept.resolve("log.jsonl");
    Run.out(1, "export", log, "--out", none);
    assertThat(none).doesNotExist();
    assertThat(kept.toFile().list()).containsExactlyInAnyOrder("log.csv", "log.ocsf");
  }

  @Test
  void wrongUseIsSaidAndHelpIsGiven() {
    assertThat(Run.out(0, "--help")).contains("verify", "prove", "show", "export", "follow");
    assertThat(Run.out(0, "verify", "--help")).contains("--since=FILE");
    assertThat(Run.audit("verify", log, "--nonsense").code()).isEqualTo(2);
    assertThat(Run.audit("verify", log, "--key", "x").err()).contains("verifier key");
    assertThat(Run.audit("verify", kept).err()).contains("give the log's verifier key with --key");
    assertThat(Run.audit("show", log, "--since", "yesterday").err()).contains("is no time");
  }
}
