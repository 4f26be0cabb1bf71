package io.pgscim.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where the event loops of a JVM spend their time, by the JVM's own flight recorder. */
final class Profile {
  /**
   * Begins of frames, in the order of their weight: the first that is in a stack names the stage.
   */
  private static final Map<String, String> STAGES = stages();

  private Profile() {}

  private static Map<String, String> stages() {
    Map<String, String> stages = new LinkedHashMap<>();
    stages.put("io.pgscim.scim.json.", "read JSON");
    stages.put("io.pgscim.scim.filter.ComparableForm", "comparable form");
    stages.put("io.pgscim.scim.", "validate");
    stages.put("io.pgscim.ingest.resources.DocumentRules", "validate");
    stages.put("io.pgscim.events.", "event and outbox row");
    stages.put("io.pgscim.messaging.Out", "event and outbox row");
    stages.put("io.pgscim.ingest.publish.", "event and outbox row");
    stages.put("io.pgscim.ingest.directory.Announcement", "event and outbox row");
    stages.put("io.pgscim.ingest.directory.Rows", "rows and parameters");
    stages.put("io.pgscim.ingest.resources.Representation", "answer");
    stages.put("io.pgscim.ingest.access.", "token");
    stages.put("org.jboss.log", "log");
    stages.put("io.vertx.pgclient.", "SQL encode, send, decode");
    stages.put("io.vertx.sqlclient.", "SQL encode, send, decode");
    stages.put("io.pgscim.ingest.protocol.Exchange", "answer");
    stages.put("io.pgscim.ingest.", "the rest of scim-ingest");
    stages.put("io.netty.handler.codec.http", "HTTP");
    stages.put("io.vertx.core.http.", "HTTP");
    stages.put("io.vertx.ext.web.", "HTTP");
    stages.put("io.quarkus.vertx.http", "HTTP");
    stages.put("io.netty.channel.epoll", "sockets");
    stages.put("io.netty.channel.nio", "sockets");
    stages.put("", "other");
    return stages;
  }

  /** Starts recording in that JVM, whose user must be ours. */
  static void start(long pid) throws IOException, InterruptedException {
    Jcmd.ask(
        pid,
        "JFR.start",
        "name=bench",
        "settings=profile",
        "jdk.ExecutionSample#period=10ms",
        "jdk.NativeMethodSample#period=10ms");
  }

  /** Ends it; the share of each stage, all together 1. */
  static Map<String, Double> stop(long pid) throws IOException, InterruptedException {
    Path file = Files.createTempFile("bench", ".jfr");
    Jcmd.ask(pid, "JFR.stop", "name=bench", "filename=" + file);
    Map<String, Long> counts = new LinkedHashMap<>();
    STAGES.values().forEach(stage -> counts.put(stage, 0L));
    long all = 0;
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        RecordedEvent event = recording.readEvent();
        String stage = stage(event);
        if (stage != null) {
          counts.merge(stage, 1L, Long::sum);
          all++;
        }
      }
    }
    System.err.println("ingest: the recording is in " + file);
    Map<String, Double> shares = new LinkedHashMap<>();
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      shares.put(count.getKey(), (double) count.getValue() / Math.max(1, all));
    }
    return shares;
  }

  /** Null for what is no work of an event loop. */
  private static String stage(RecordedEvent event) {
    String type = event.getEventType().getName();
    if (!(type.equals("jdk.ExecutionSample") || type.equals("jdk.NativeMethodSample"))
        || event.getStackTrace() == null
        || event.getThread("sampledThread") == null
        || !event.getThread("sampledThread").getJavaName().contains("eventloop")) {
      return null;
    }
    List<RecordedFrame> frames = event.getStackTrace().getFrames();
    String top = frames.getFirst().getMethod().getName();
    if (top.startsWith("epollWait") || top.equals("park")) {
      return null;
    }
    int best = Integer.MAX_VALUE;
    String found = "other";
    for (RecordedFrame frame : frames) {
      String in = frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
      int rank = 0;
      for (Map.Entry<String, String> stage : STAGES.entrySet()) {
        if (in.startsWith(stage.getKey())) {
          if (rank < best) {
            best = rank;
            found = stage.getValue();
          }
          break;
        }
        rank++;
      }
    }
    return found;
  }
}
