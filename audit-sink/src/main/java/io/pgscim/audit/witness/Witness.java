package io.pgscim.audit.witness;

import io.pgscim.audit.tlog.Edge;
import io.pgscim.audit.tlog.Hash;
import io.pgscim.audit.tlog.Note;
import io.pgscim.audit.tlog.NoteException;
import io.pgscim.audit.tlog.Proof;
import io.pgscim.audit.tlog.SignedCheckpoint;
import io.pgscim.audit.tlog.VerifierKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Somebody else who signs each checkpoint that grew out of the last one that they signed (C2SP
 * tlog-witness). They know which that was; this is only a guess, and they correct it.
 */
final class Witness {
  private static final int MOST_BYTES = 16_384;

  private final VerifierKey key;
  private final URI address;
  private final HttpClient http;
  private volatile long signed;

  private Witness(VerifierKey key, URI address, HttpClient http) {
    this.key = key;
    this.address = address;
    this.http = http;
  }

  /**
   * The witness of a setting.
   *
   * @param setting its verifier key for cosignatures, a space, and the prefix of its address
   * @throws IllegalArgumentException with what is wrong with it
   */
  static Witness parse(String setting, HttpClient http) {
    String[] parts = setting.strip().split("\\s+", 2);
    try {
      VerifierKey key = VerifierKey.parse(parts[0]);
      if (parts.length < 2 || key.kind() != VerifierKey.Kind.COSIGNATURE) {
        throw new IllegalArgumentException(
            "a witness is its verifier key for cosignature/v1, a space and its URL: " + setting);
      }
      String prefix = parts[1].endsWith("/") ? parts[1] : parts[1] + "/";
      return new Witness(key, URI.create(prefix).resolve("add-checkpoint"), http);
    } catch (NoteException e) {
      throw new IllegalArgumentException("the witness " + setting + ": " + e.getMessage(), e);
    }
  }

  String name() {
    return key.name();
  }

  /**
   * Asks for a signature, until somebody interrupts it.
   *
   * @param tiles of the tree that the checkpoint is of
   * @throws IOException when there was none, with the reason
   */
  <E extends Exception> Note.Signature ask(SignedCheckpoint checkpoint, Edge.Source<E> tiles)
      throws IOException, InterruptedException, E {
    long size = checkpoint.checkpoint().size();
    var answer = post(Math.min(signed, size), checkpoint, tiles);
    if (answer.status() == 409) {
      answer = post(theirs(answer.body(), size), checkpoint, tiles);
    }
    if (answer.status() != 200) {
      throw new IOException("answers " + answer.status());
    }
    Note.Signature signature = signature(checkpoint, answer.body());
    signed = size;
    return signature;
  }

  private record Answer(int status, String body) {}

  private <E extends Exception> Answer post(
      long old, SignedCheckpoint checkpoint, Edge.Source<E> tiles)
      throws IOException, InterruptedException, E {
    var body = new StringBuilder("old " + old + "\n");
    for (Hash hash : Proof.consistency(old, checkpoint.checkpoint().size(), tiles)) {
      body.append(hash.base64()).append('\n');
    }
    body.append('\n').append(checkpoint.note());
    HttpResponse<InputStream> response =
        http.send(
            HttpRequest.newBuilder(address)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      return new Answer(
          response.statusCode(), new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
    }
  }

  /** Which size they signed last. More than we ask them to sign now is another log's. */
  private static long theirs(String body, long size) throws IOException {
    String text = body.strip();
    if (!text.matches("0|[1-9][0-9]{0,17}")) {
      throw new IOException("has signed another root for " + size + " entries");
    }
    long theirs = Long.parseLong(text);
    if (theirs > size) {
      throw new IOException("has signed " + theirs + " entries, this log has " + size);
    }
    return theirs;
  }

  private Note.Signature signature(SignedCheckpoint checkpoint, String lines) throws IOException {
    try {
      for (Note.Signature signature : Note.signatures(lines)) {
        var note = new Note(checkpoint.note().text(), List.of(signature));
        if (note.cosignedBy(key).isPresent()) {
          return signature;
        }
      }
    } catch (NoteException e) {
      throw new IOException(e.getMessage(), e);
    }
    throw new IOException("answers without a signature of its own");
  }
}
