package io.pgscim.ingest;

import io.pgscim.scim.resource.Tolerance;

/**
 * An identity provider: a namespace for ids and names of its own, served at a path of its own.
 *
 * @param name stands in the directory and in events
 * @param path what the URLs of its resources begin with
 * @param tolerance how much of what it gets wrong is understood
 */
public record Source(String name, String path, Tolerance tolerance) {
  /** The one at {@code /scim/v2}, unless it is configured otherwise. */
  public static final Source DEFAULT = new Source("default", "/scim/v2", Tolerance.LENIENT);
}
