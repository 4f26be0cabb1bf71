package io.pgscim.local.supervise;

/** Takes notice of what happens to the parts. Called from any thread. */
public interface Journal {

  /** One line for the person watching. */
  void say(String part, String text);

  /** A part's state or process changed. */
  void changed();
}
