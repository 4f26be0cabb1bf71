package io.pgscim.applier;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * Who has what on the objects that the policy calls sensitive, for people to read. JSON.
 *
 * @param at when it was so, ISO 8601
 * @param missing what the policy calls sensitive and is not there
 * @param next where the next page begins: {@code after=…}; null on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SensitiveView(
    String cluster, String at, List<Listed> objects, List<Missing> missing, String next) {

  /**
   * One object.
   *
   * @param access its {@code next} is where to go on with {@code GET /access?object=…&after=…}
   */
  record Listed(String object, @JsonUnwrapped AccessView access) {}

  /**
   * It cannot be told who has it.
   *
   * @param detail why, a sentence
   */
  record Missing(String object, String detail) {}

  SensitiveView {
    objects = List.copyOf(objects);
    missing = List.copyOf(missing);
  }
}
