package io.pgscim.audit.command;

import static io.pgscim.audit.Samples.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.audit.tlog.Checkpoint;
import io.pgscim.audit.tlog.SignedCheckpoint;
import io.pgscim.audit.tlog.SignerKey;
import io.pgscim.audit.tree.WrittenTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint that says when. */
class CosignedIT {
  @TempDir Path log;

  @Test
  void theTimeIsPrintedAndMustNotBeChanged() throws Exception {
    String key = WrittenTree.write(log, lines(0, 300));
    SignerKey signer = SignerKey.parse(Files.readString(log.resolve("private/key")));
    Path file = log.resolve("checkpoint");
    Checkpoint checkpoint = Checkpoint.open(Files.readString(file), signer.verifier());
    byte[] signed =
        SignedCheckpoint.sign(checkpoint, Instant.parse("2026-11-25T17:00:00Z"), List.of(signer))
            .note()
            .bytes();
    Files.write(file, signed);

    assertThat(Run.out(0, "verify", log, "--key", key))
        .endsWith("; nothing more had happened by 2026-11-25T17:00:00Z\n");
    assertThat(Run.out(0, "verify", log, "--key", key, "--json"))
        .contains("\"time\":\"2026-11-25T17:00:00Z\"");

    for (int at = 0; at < signed.length; at++) {
      byte[] changed = signed.clone();
      changed[at] ^= 1;
      Files.write(file, changed);
      // A line whose key is unknown by now is ignored, as it must be: then there is no time.
      assertThat(Run.audit("verify", log, "--key", key).out())
          .as("byte %d", at)
          .doesNotContain("nothing more had happened");
    }
  }
}
