package io.pgscim.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import io.pgscim.scim.filter.Filter;
import io.pgscim.scim.path.Target;

/**
 * One change to one attribute: an operation once its paths are understood.
 *
 * @param target always an attribute
 * @param filter which elements of it; null for all
 * @param value null only for a removal of everything that path and filter select
 */
record Edit(Verb verb, Target target, Filter filter, JsonNode value) {

  /** What to do. */
  enum Verb {
    ADD,
    REMOVE,
    REPLACE
  }
}
