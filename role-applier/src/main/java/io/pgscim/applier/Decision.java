package io.pgscim.applier;

import io.pgscim.applier.guard.Hold;
import java.util.Optional;

/** What came of approving or rejecting a hold. */
sealed interface Decision {

  /**
   * It is decided.
   *
   * @param changes how many changes were made
   */
  record Made(String digest, int people, int changes) implements Decision {}

  /**
   * Nothing was done: the plan is another one by now.
   *
   * @param successor digest of the plan that is held instead; empty when nothing has to be held
   */
  record Superseded(String digest, Optional<String> successor) implements Decision {}

  /** It was decided before. */
  record Over(Hold hold) implements Decision {}

  /** There has never been such a hold. */
  record Unknown(String digest) implements Decision {}
}
