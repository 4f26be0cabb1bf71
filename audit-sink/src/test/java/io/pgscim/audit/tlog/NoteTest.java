package io.pgscim.audit.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NoteTest {
  /** The verifier key of the signed-note specification. */
  private static final String SPEC_KEY =
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

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
}
