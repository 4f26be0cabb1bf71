package io.pgscim.bench;

import io.pgscim.endtoend.Stack;
import java.sql.Connection;
import java.sql.PreparedStatement;

/** Users by the hundred thousand, copied inside the directory. */
final class People {
  private People() {}

  /** Copies the one user with the highest id until there are so many. No events tell of them. */
  static void atLeast(Stack stack, int count) throws Exception {
    try (Connection directory = stack.cluster().in("directory").connect("postgres");
        PreparedStatement copies =
            directory.prepareStatement(
                """
                WITH one AS (
                  SELECT *, substr(external_id, 2) AS number FROM scim.resource
                  WHERE type = 'User' ORDER BY id DESC LIMIT 1
                ), copy AS (
                  SELECT (900000000000000000 + n)::text || '0' AS number
                  FROM generate_series(1, ? - (SELECT count(*) FROM scim.resource WHERE type = 'User')) AS n
                )
                INSERT INTO scim.resource
                SELECT uuidv7(), source, type, version, created, modified,
                  replace(name, one.number, copy.number), name_unique, replace(external_id, one.number, copy.number),
                  replace(document::text, one.number, copy.number)::jsonb,
                  replace(comparable::text, one.number, copy.number)::jsonb
                FROM one, copy
                """)) {
      copies.setInt(1, count);
      copies.executeUpdate();
    }
  }
}
