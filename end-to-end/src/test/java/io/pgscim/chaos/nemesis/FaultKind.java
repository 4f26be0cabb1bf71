package io.pgscim.chaos.nemesis;

import java.util.Locale;

/** Every way of going wrong. */
public enum FaultKind {
  KILL("a process ends by SIGKILL and is started again"),
  RESTART("a process is stopped properly and started again"),
  PAUSE("a process stands still (SIGSTOP) and goes on"),
  CUT("all connections between two parts are cut, and once more a while later"),
  DELAY("what a connection carries comes late, by up to a second each way"),
  SILENCE("a connection is taken and carries nothing any more, until it is cut"),
  COMMIT("connections are cut while COMMIT or its answer is on its way"),
  DISK("the disk of the audit log is full; every other time its service is killed meanwhile"),
  UNSENT("the broker is gone, and then a process that had something for it is killed"),
  AGAIN("old records are published once more, as a relay does that lost an acknowledgement");

  /** For people. */
  final String says;

  FaultKind(String says) {
    this.says = says;
  }

  /** As it is written on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** One line of help. */
  public String help() {
    return "%-8s %s".formatted(word(), says);
  }
}
