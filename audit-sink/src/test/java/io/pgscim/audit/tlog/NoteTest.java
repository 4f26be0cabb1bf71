package io.pgscim.audit.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoteTest {
  /** The verifier key of the signed-note specification. */
  private static final String SPEC_KEY =
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

  private static final String BEHIND_THE_SOFA =
      "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

  private final SignerKey key = SignerKey.generate("pgscim.example/audit");
  private final Checkpoint checkpoint =
      new Checkpoint("pgscim.example/audit", 70_000, Hash.leaf("x".getBytes(UTF_8)));

  @Test
  void readsAndWritesTheKeyOfTheSpecification() throws Exception {
    assertThat(VerifierKey.parse(SPEC_KEY).id()).isEqualTo(0x530d903a);
    assertThat(VerifierKey.parse(SPEC_KEY + "\n").text()).isEqualTo(SPEC_KEY);
  }

  @Test
  void refusesAKeyWhoseHashOrFormIsWrong() {
    for (String wrong :
        List.of(
            SPEC_KEY.replace("530d903a", "530d903b"),
            SPEC_KEY.replace("example", "exemple"),
            SPEC_KEY.replace("+Aeky", "+Beky"),
            SPEC_KEY.substring(0, SPEC_KEY.length() - 4),
            "",
            "a+b")) {
      assertThatThrownBy(() -> VerifierKey.parse(wrong))
          .as(wrong)
          .isInstanceOf(NoteException.class);
    }
  }

  @Test
  void aKeyIsTheSameAfterItsText() throws Exception {
    SignerKey again = SignerKey.parse(key.text() + "\n");

    assertThat(again.verifier().text()).isEqualTo(key.verifier().text());
    assertThat(Checkpoint.open(Note.sign(checkpoint.text(), again), key.verifier()))
        .isEqualTo(checkpoint);
  }

  @Test
  void aSignedCheckpointIsOpenedWithItsKeyOnly() throws Exception {
    String note = Note.sign(checkpoint.text(), key);

    assertThat(Checkpoint.open(note, key.verifier())).isEqualTo(checkpoint);
    var other = SignerKey.generate("pgscim.example/audit").verifier();
    assertThatThrownBy(() -> Checkpoint.open(note, other))
        .hasMessage("not signed by pgscim.example/audit");
    var elsewhere = SignerKey.generate("other.example").verifier();
    assertThatThrownBy(() -> Checkpoint.open(note, elsewhere)).isInstanceOf(NoteException.class);
  }

  @Test
  void aNoteChangedInAnyByteIsRefused() {
    byte[] note = Note.sign(checkpoint.text(), key).getBytes(UTF_8);

    for (int i = 0; i < note.length; i++) {
      byte[] changed = note.clone();
      changed[i] ^= 1;
      String text = new String(changed, UTF_8);
      assertThatThrownBy(() -> Checkpoint.open(text, key.verifier()))
          .as("byte %d", i)
          .isInstanceOf(NoteException.class);
    }
  }

  @Test
  void signaturesByStrangersAreIgnored() throws Exception {
    String note = Note.sign(checkpoint.text(), key);
    String both = note + "\u2014 witness.example AAAAAAAAAAAA\n";

    assertThat(Checkpoint.open(both, key.verifier())).isEqualTo(checkpoint);
  }

  @Test
  void theSpecificationsNoteIsReadAndWrittenTheSame() throws Exception {
    String note =
        """
        Ognuno sta solo sul cuor della terra
        trafitto da un raggio di sole:

        ed è subito sera.

        — quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
        """;

    assertThat(Note.parse(note).text()).endsWith("ed è subito sera.\n");
    assertThat(Note.parse(note)).hasToString(note);
  }

  @Test
  void theSpecificationsCosignatureSaysWhen() throws Exception {
    Note note =
        Note.parse(
            BEHIND_THE_SOFA
                + "\n— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZ"
                + "CB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n");

    assertThat(Cosignature.time(note.signatures().getFirst().bytes()))
        .isEqualTo(Instant.ofEpochSecond(1679315147));
  }

  /** Signed by the Go package transparency-dev/formats/note. */
  @Test
  void acceptsTheCosignatureOfAnotherImplementationAndNothingElse() throws Exception {
    var witness =
        VerifierKey.parse(
            "witness.example/w1+e75f6532+BAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4");
    String line =
        "— witness.example/w1 519lMgAAAABrBxIJrBrjQhIlW8oi8aJ91I9OV7M5ol54Ju8HQSuFIklcWKYHE7qKPVcL7P"
            + "4Xb0nHDDbCaLd5lLZlZTSRVeO72MyVDQ==\n";

    assertThat(Note.parse(BEHIND_THE_SOFA + "\n" + line).cosignedBy(witness))
        .contains(Instant.ofEpochSecond(1795625481));
    Note otherSize = Note.parse(BEHIND_THE_SOFA.replace("163", "164") + "\n" + line);
    assertThatThrownBy(() -> otherSize.cosignedBy(witness)).hasMessageContaining("is wrong");
    Note otherTime = Note.parse(BEHIND_THE_SOFA + "\n" + line.replace("AAAABr", "AAAABq"));
    assertThatThrownBy(() -> otherTime.cosignedBy(witness)).hasMessageContaining("is wrong");

    var seed =
        SignerKey.parse(
            "PRIVATE+KEY+witness.example/w1+3218362d+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f");
    assertThat(seed.verifier().cosigner()).isEqualTo(witness);
    assertThat(seed.cosign(BEHIND_THE_SOFA, Instant.ofEpochSecond(1795625481))).hasToString(line);
  }

  @Test
  void aLogSaysWhenWithEachOfItsKeysAndAnyOfThemWillDo() throws Exception {
    var next = SignerKey.generate("pgscim.example/audit");
    Instant time = Instant.parse("2026-03-01T09:30:00.7Z");
    String note = SignedCheckpoint.sign(checkpoint, time, List.of(key, next)).note().toString();

    for (var keys :
        List.of(
            List.of(key.verifier()),
            List.of(next.verifier()),
            List.of(next.verifier(), key.verifier()))) {
      SignedCheckpoint opened = SignedCheckpoint.open(note, keys);
      assertThat(opened.checkpoint()).isEqualTo(checkpoint);
      assertThat(opened.time()).contains(Instant.parse("2026-03-01T09:30:00Z"));
      assertThat(opened.note()).hasToString(note);
    }
    var other = SignerKey.generate("pgscim.example/audit").verifier();
    assertThatThrownBy(() -> SignedCheckpoint.open(note, List.of(other, other)))
        .hasMessage("not signed by any of the 2 keys of pgscim.example/audit");
    assertThat(VerifierKey.parseAll(key.verifier().text() + "\n" + next.verifier().text() + "\n"))
        .containsExactly(key.verifier(), next.verifier());
  }

  @Test
  void withoutACosignatureThereIsNoTime() throws Exception {
    String note = Note.sign(checkpoint.text(), key);

    assertThat(SignedCheckpoint.open(note, List.of(key.verifier())).time()).isEmpty();
  }
}
