package io.pgscim.parts.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/**
 * The broker's own process: formats its storage the first time, runs broker and controller
 * together, and says when they answer.
 *
 * <p>Arguments: the properties file, the cluster id, the file that is written, with this process's
 * id in it, once clients are served.
 */
final class BrokerMain {

  private BrokerMain() {}

  public static void main(String[] arguments) throws IOException {
    Path properties = Path.of(arguments[0]);
    Path ready = Path.of(arguments[2]);
    int formatted =
        StorageTool.execute(
            new String[] {
              "format", "--ignore-formatted", "-c", properties.toString(), "-t", arguments[1]
            },
            System.out);
    if (formatted != 0) {
      System.exit(formatted);
    }
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(read(properties), false), Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop"));
    server.startup();
    Files.writeString(ready, "" + ProcessHandle.current().pid());
    server.awaitShutdown();
  }

  private static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    }
    return properties;
  }
}
