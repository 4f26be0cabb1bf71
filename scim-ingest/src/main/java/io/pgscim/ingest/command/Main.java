package io.pgscim.ingest.command;

import io.pgscim.ingest.protocol.HeadDeadline;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The service; with {@code admin} in front of the arguments, the command of that name. */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    if (arguments.length > 0 && arguments[0].equals(Admin.NAME)) {
      String[] rest = java.util.Arrays.copyOfRange(arguments, 1, arguments.length);
      System.exit(Admin.run(rest));
    }
    HeadDeadline.enable();
    Quarkus.run(arguments);
  }
}
