package io.pgscim.ingest.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Clients of a source. */
@Command(
    name = "clients",
    description =
        "Lists, makes and deletes the clients of a source; administrators are those of `admin`.")
final class ClientsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "a command is needed");
  }

  @Command(name = "list", description = "Lists the clients of a source.")
  void list(@Parameters(paramLabel = "SOURCE") String source) {
    Print.table(
        AdminApi.ofEnvironment().get(path(source)),
        "name",
        "clientId",
        "me",
        "created",
        "createdBy");
  }

  @Command(name = "create", description = "Makes a client, which has no secret yet.")
  void create(
      @Parameters(paramLabel = "SOURCE") String source,
      @Parameters(paramLabel = "NAME") String name,
      @Option(
              names = "--me",
              paramLabel = "ID",
              description = "The user that the client stands for at /Me.")
          String me) {
    ObjectNode body = AdminApi.object().put("name", name).put("me", me);
    System.out.println(AdminApi.ofEnvironment().post(path(source), body).path("clientId").asText());
  }

  @Command(name = "delete", description = "Revokes all that a client has, and forgets it.")
  void delete(
      @Parameters(paramLabel = "SOURCE") String source,
      @Parameters(paramLabel = "NAME") String name) {
    AdminApi.ofEnvironment().delete(path(source) + "/" + name);
  }

  private static String path(String source) {
    return "/sources/" + source + "/clients";
  }
}
