package io.pgscim.ingest;

/**
 * An identity provider: a namespace for ids and names of its own, served at a path of its own.
 *
 * @param name stands in the directory and in events
 * @param path what the URLs of its resources begin with
 */
public record Source(String name, String path) {
  /** The one at {@code /scim/v2}. */
  public static final Source DEFAULT = new Source("default", "/scim/v2");
}
