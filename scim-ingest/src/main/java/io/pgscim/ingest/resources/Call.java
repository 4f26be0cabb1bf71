package io.pgscim.ingest.resources;

import io.pgscim.events.Cause;
import io.pgscim.ingest.Source;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A request, once it is known who sent it.
 *
 * @param baseUrl what locations begin with, the source's path included
 * @param parameter gives a query parameter's value, null when there is none
 * @param ifMatch the header, or null
 * @param ifNoneMatch the header, or null
 * @param me the user that the client stands for (RFC 7644 §3.11); null when it stands for none
 */
public record Call(
    Source source,
    Cause cause,
    String baseUrl,
    UnaryOperator<String> parameter,
    String ifMatch,
    String ifNoneMatch,
    UUID me) {

  /** The value of a query parameter; null when there is none. */
  public String parameter(String name) {
    return parameter.apply(name);
  }
}
