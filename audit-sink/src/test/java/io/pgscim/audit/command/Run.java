package io.pgscim.audit.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * What a command of {@code audit} said.
 *
 * @param out its standard output
 * @param err its standard error
 */
public record Run(int code, String out, String err) {

  /** Runs a command in this process. */
  public static Run audit(Object... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    CommandLine command = Audit.command().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = command.execute(words);
    command.getOut().flush();
    command.getErr().flush();
    return new Run(code, out.toString(), err.toString());
  }

  /** The standard output of a command that ended with this code. */
  public static String out(int code, Object... arguments) {
    Run run = audit(arguments);
    assertThat(run.code()).as("%s%s", run.out, run.err).isEqualTo(code);
    return run.out;
  }
}
