package io.pgscim.audit.anchor;

import java.util.Optional;

/** An anchor whose next swap fails, on one side or the other of having been made. */
public final class LoseAnswers implements Anchor {
  private final Anchor real;
  public boolean loseNextRequest;
  public boolean loseNextAnswer;

  public LoseAnswers(Anchor real) {
    this.real = real;
  }

  @Override
  public Anchored look() throws AnchorUnavailable {
    return real.look();
  }

  @Override
  public boolean take(long seenEpoch, String writer) throws AnchorUnavailable {
    return real.take(seenEpoch, writer);
  }

  @Override
  public boolean swap(long epoch, Optional<Head> from, Head to) throws AnchorUnavailable {
    if (loseNextRequest) {
      loseNextRequest = false;
      throw new AnchorUnavailable("the request was lost", null);
    }
    boolean swapped = real.swap(epoch, from, to);
    if (loseNextAnswer) {
      loseNextAnswer = false;
      throw new AnchorUnavailable("the answer was lost", null);
    }
    return swapped;
  }

  @Override
  public void close() {
    real.close();
  }
}
