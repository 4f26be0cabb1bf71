package io.pgscim.ingest.resources;

import io.pgscim.events.Cause;
import io.pgscim.ingest.Source;
import io.pgscim.ingest.directory.Statement;
import io.pgscim.scim.projection.Projection;
import io.pgscim.scim.schema.ResourceType;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A request, once it is known who sent it.
 *
 * @param baseUrl what locations begin with, the source's path included
 * @param parameter gives a query parameter's value, null when there is none
 * @param ifMatch the header, or null
 * @param ifNoneMatch the header, or null
 * @param me the user that the client stands for (RFC 7644 §3.11); null when it stands for none
 * @param closing what is committed together with the write that leads to the answer; or null
 */
public record Call(
    Source source,
    Cause cause,
    String baseUrl,
    UnaryOperator<String> parameter,
    String ifMatch,
    String ifNoneMatch,
    UUID me,
    Function<Answer, Statement> closing) {

  /** The same request with other parameters: those that its body states. */
  public Call with(UnaryOperator<String> parameters) {
    return new Call(source, cause, baseUrl, parameters, ifMatch, ifNoneMatch, me, closing);
  }

  /** The same request without parameters, for a resource in this version; null for any. */
  public Call onlyIf(String version) {
    return new Call(source, cause, baseUrl, name -> null, version, null, me, closing);
  }

  /** The same request, with a statement more in the transaction of its write. */
  public Call closing(Function<Answer, Statement> statement) {
    return new Call(source, cause, baseUrl, parameter, ifMatch, ifNoneMatch, me, statement);
  }

  /** What of a resource the client wants to see (RFC 7644 §3.9). */
  Projection projection(ResourceType type) {
    return Projection.of(type, parameter("attributes"), parameter("excludedAttributes"));
  }

  /** The value of a query parameter; null when there is none. */
  public String parameter(String name) {
    return parameter.apply(name);
  }
}
