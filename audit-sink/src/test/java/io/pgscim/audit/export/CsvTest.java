package io.pgscim.audit.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

  @Test
  void anEntryIsOneLineUnderTheHead() throws Exception {
    var csv = new Csv();
    byte[] entry = Files.readAllBytes(Path.of("src/test/resources/golden/RoleChanged.json"));

    assertThat(new String(csv.head(), StandardCharsets.UTF_8))
        .isEqualTo(
            "index,happened,requested,recorded,logged,outcome,what,who,user,role,object,cluster,group,"
                + "directory,which,txn,event,type,source,trace,topic,partition,offset,details\r\n");
    assertThat(new String(csv.entry(4, entry), StandardCharsets.UTF_8))
        .startsWith("4,2026-03-01T09:30:00.005Z,2026-03-01T09:30:00Z,")
        .contains(",applied,grant-membership,okta/token-1,2819c223,ada.lovelace@example.com,")
        .contains(
            "\"\"sql\"\":\"\"GRANT analytics_read TO \\\"\"ada.lovelace@example.com\\\"\"\"\"}\"")
        .endsWith("\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1"})
  void whatASpreadsheetWouldCalculateIsText(String text) {
    assertThat(Csv.field(text).replaceFirst("^\"", "")).startsWith("'");
  }

  @Test
  void quotesCommasAndLineEndsAreQuoted() {
    assertThat(Csv.field("a,b")).isEqualTo("\"a,b\"");
    assertThat(Csv.field("say \"so\"")).isEqualTo("\"say \"\"so\"\"\"");
    assertThat(Csv.field("a\nb")).isEqualTo("\"a\nb\"");
    assertThat(Csv.field("plain")).isEqualTo("plain");
  }
}
