package io.pgscim.ingest.command;

import picocli.CommandLine.Command;

/** Lists the sources. */
@Command(name = "sources", description = "Lists the sources, which are configured, not made.")
final class SourcesCommand implements Runnable {
  @Override
  public void run() {
    Print.table(
        AdminApi.ofEnvironment().get("/sources"),
        "name",
        "path",
        "tolerance",
        "networks",
        "rateLimit",
        "rateBurst");
  }
}
