package io.pgscim.audit.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.audit.tlog.Checkpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Events of the Open Cybersecurity Schema Framework, 1.8.0, one JSON object a line. Each carries
 * the entry's own bytes as {@code raw_data}, and where they stand in the log: whoever has an event
 * finds the way back to what was signed.
 *
 * @param signed the checkpoint that covers what is exported
 */
public record Ocsf(Checkpoint signed) implements Format {
  static final String VERSION = "1.8.0";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern STATEMENT =
      Pattern.compile("(?:^|\\s)(?:GRANT|REVOKE)\\s+([A-Z][A-Z ,]*?)(?:\\s*\\(|\\s+ON\\s)");
  private static final int INFORMATIONAL = 1;
  private static final int LOW = 2;
  private static final int MEDIUM = 3;
  private static final int HIGH = 4;

  @Override
  public byte[] entry(long index, byte[] bytes) throws IOException {
    JsonNode entry = JSON.readTree(bytes);
    OcsfActivity activity = OcsfActivity.of(entry);
    ObjectNode event = JSON.createObjectNode();
    event.put("class_uid", activity.ofClass().uid);
    event.put("class_name", activity.ofClass().caption);
    event.put("category_uid", activity.ofClass().category);
    event.put("category_name", activity.ofClass().categoryCaption);
    event.put("activity_id", activity.id());
    event.put("activity_name", activity.name());
    event.put("type_uid", activity.typeUid());
    event.put("time", millis(entry.path("when").path("happened")));
    status(event, entry);
    metadata(event.putObject("metadata"), index, entry);
    subject(event, activity.ofClass(), entry);
    String who = text(entry.path("who"));
    if (who != null && activity.ofClass() != OcsfClass.BASE_EVENT) {
      event.putObject("actor").put("app_name", who);
    }
    event.put("raw_data", new String(bytes, StandardCharsets.UTF_8));
    ObjectNode unmapped = event.putObject("unmapped");
    unmapped.put("index", index);
    unmapped.put("size", signed.size());
    unmapped.put("root", signed.root().base64());
    if (who != null) {
      unmapped.put("who", who);
    }
    byte[] json = JSON.writeValueAsBytes(event);
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return line;
  }

  private static void status(ObjectNode event, JsonNode entry) {
    String outcome = entry.path("outcome").asText();
    String what = entry.path("what").asText();
    event.put(
        "status_id",
        switch (outcome) {
          case "recorded", "applied", "proven" -> 1;
          case "refused", "failed", "unreadable" -> 2;
          default -> OcsfActivity.OTHER;
        });
    event.put("status", outcome);
    put(event, "status_code", entry.path("details").path("sqlState"));
    put(event, "status_detail", entry.path("details").path("reason"));
    put(event, "message", entry.path("details").path("description"));
    event.put(
        "severity_id",
        switch (outcome) {
          case "failed" -> what.equals("prove-revocation") ? HIGH : MEDIUM;
          case "refused" -> what.equals("authenticate") || what.equals("request") ? LOW : MEDIUM;
          case "held", "unreadable" -> MEDIUM;
          default -> INFORMATIONAL;
        });
  }

  private void metadata(ObjectNode metadata, long index, JsonNode entry) {
    metadata.put("version", VERSION);
    metadata.putObject("product").put("name", "pgscim").put("vendor_name", "pgscim");
    metadata.put("uid", entry.path("event").asText());
    metadata.put("log_name", signed.origin());
    metadata.put("log_provider", "audit-sink");
    metadata.put("log_version", entry.path("form").asText());
    if (index <= Integer.MAX_VALUE) {
      metadata.put("sequence", index);
    }
    metadata.put("event_code", entry.path("what").asText());
    put(metadata, "correlation_uid", entry.path("txn"));
    put(metadata, "log_source", entry.path("source"));
    metadata.put("logged_time", millis(entry.path("when").path("logged")));
  }

  /** Whom or what it is about, where the class wants that. */
  private static void subject(ObjectNode event, OcsfClass ofClass, JsonNode entry) {
    JsonNode which = entry.path("which");
    switch (ofClass) {
      case BASE_EVENT -> {}
      case ACCOUNT_CHANGE -> user(event.putObject("user"), which);
      case AUTHENTICATION -> authentication(event, entry);
      case ENTITY_MANAGEMENT -> entity(event.putObject("entity"), which);
      case USER_ACCESS -> {
        user(event.putObject("user"), which);
        privileges(event, entry);
        put(event.putObject("resource"), "name", which.path("object"), which.path("cluster"));
      }
      case GROUP_MANAGEMENT -> group(event, entry);
    }
  }

  /** A role of the cluster, or a person of the directory. */
  private static void user(ObjectNode user, JsonNode which) {
    put(user, "name", which.path("role"));
    put(user, "uid", which.path("user"));
    put(user, "domain", which.path("cluster"), which.path("directory"));
  }

  private static void authentication(ObjectNode event, JsonNode entry) {
    JsonNode which = entry.path("which");
    ObjectNode user = event.putObject("user");
    if (which.has("role")) {
      user(user, which);
    } else {
      put(user, "name", entry.path("who"));
    }
    put(event.putObject("service"), "name", which.path("cluster"), which.path("directory"));
    put(event, "count", entry.path("details").path("count"));
    if (entry.path("details").has("remoteAddress")) {
      put(event.putObject("src_endpoint"), "ip", entry.path("details").path("remoteAddress"));
    }
  }

  private static void entity(ObjectNode entity, JsonNode which) {
    for (String kind : List.of("credential", "policy", "plan", "role")) {
      if (which.has(kind)) {
        entity.put("type", kind);
        put(entity, kind.equals("role") ? "name" : "uid", which.path(kind));
        break;
      }
    }
    if (!entity.has("name")) {
      put(entity, "name", which.path("client"), which.path("cluster"));
    }
  }

  /** A group of the directory, or an access role of the cluster. */
  private static void group(ObjectNode event, JsonNode entry) {
    JsonNode which = entry.path("which");
    ObjectNode group = event.putObject("group");
    String what = entry.path("what").asText();
    if (what.endsWith("-membership")) {
      put(group, "name", which.path("object"));
      put(group, "domain", which.path("cluster"));
      if (which.has("user")) {
        user(event.putObject("user"), which);
      } else {
        put(event.putObject("subgroup"), "name", which.path("role"));
      }
      return;
    }
    put(group, "name", which.path("role"), entry.path("details").path("displayName"));
    put(group, "uid", which.path("group"));
    put(group, "domain", which.path("cluster"), which.path("directory"));
    if (what.endsWith("-member")) {
      user(event.putObject("user"), which);
    }
    if (what.endsWith("-privilege")) {
      privileges(event, entry);
      put(event.putObject("resource"), "name", which.path("object"), which.path("cluster"));
    }
  }

  /** As the statement names them; where it cannot be told, the change in words. */
  private static void privileges(ObjectNode event, JsonNode entry) {
    var names = event.putArray("privileges");
    Matcher statement = STATEMENT.matcher(entry.path("details").path("sql").asText());
    if (statement.find()) {
      for (String name : statement.group(1).split("\\s*,\\s*")) {
        names.add(name);
      }
    } else {
      names.add(entry.path("details").path("description").asText(entry.path("what").asText()));
    }
  }

  private static long millis(JsonNode instant) {
    return Instant.parse(instant.asText()).toEpochMilli();
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.asText() : null;
  }

  /** The first of the values that is there. */
  private static void put(ObjectNode into, String name, JsonNode... values) {
    for (JsonNode value : values) {
      if (value.isValueNode() && !value.isNull()) {
        into.set(name, value);
        return;
      }
    }
  }
}
