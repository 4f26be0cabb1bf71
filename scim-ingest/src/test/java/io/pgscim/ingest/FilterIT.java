package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pgscim.scim.ScimException;
import io.pgscim.scim.filter.Filter;
import io.pgscim.scim.schema.BuiltIn;
import io.pgscim.scim.schema.ResourceType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * RFC 7644 §3.4.2.2: a filter finds in the database what it matches in memory, whatever it is made
 * of.
 */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class FilterIT {
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  private static final String[] PATHS = {
    "userName",
    "USERNAME",
    "displayName",
    "externalId",
    "title",
    "userType",
    "active",
    "name.familyName",
    "emails",
    "emails.value",
    "emails.type",
    "emails.primary",
    "schemas",
    "id",
    "meta.created",
    "meta.lastModified",
    "meta.version",
    "meta.resourceType",
    ENTERPRISE + ":department",
    ENTERPRISE + ":manager",
    "department",
    "groups.value",
    "groups.display",
    "groups"
  };
  private static final String[] PARTS = {"value", "type", "primary", "display"};
  private static final String[] OPERATORS = {"eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"};

  @Test
  void findsWhatItMatches() {
    DirectoryTables.empty();
    people();
    List<ObjectNode> users = all("/Users");
    List<ObjectNode> groups = all("/Groups");
    Random random = new Random(42);
    int found = 0;
    for (int round = 0; round < 500; round++) {
      String filter = filter(random, users, 3);
      found += compare("/Users", BuiltIn.USER, users, filter);
    }
    for (String filter :
        List.of(
            "members.value eq \"" + users.get(0).get("id").asText() + "\"",
            "members[value eq \"" + users.get(0).get("id").asText() + "\"]",
            "members[value eq \""
                + users.get(0).get("id").asText().toUpperCase(Locale.ROOT)
                + "\"]",
            "members ne \"" + users.get(0).get("id").asText() + "\"",
            "members pr",
            "not (members pr)",
            "members[display sw \"p\" and type eq \"User\"]",
            "members[not (display co \"1\")]",
            "displayName eq \"GROUP-0\" or displayName ew \"1\"",
            "displayName gt \"group-0\"",
            "members.value eq null",
            "id ne \"x\" and members.type eq \"group\"")) {
      found += compare("/Groups", BuiltIn.GROUP, groups, filter);
    }
    assertThat(found).as("the filters found something now and then").isGreaterThan(500);
  }

  @Test
  void longFiltersAreFine() {
    String user = Scim.user(Scim.name("long")).id();

    Scim.Reply reply =
        Scim.list("/Users", "id eq \"x\" or ".repeat(500) + "id eq \"" + user + "\"");

    assertThat(reply.at("/totalResults").asInt()).isEqualTo(1);
  }

  private static int compare(
      String endpoint, ResourceType type, List<ObjectNode> all, String filter) {
    TreeSet<String> expected = new TreeSet<>();
    int status;
    try {
      var condition = Filter.parse(filter).on(type);
      all.stream().filter(condition::matches).forEach(one -> expected.add(one.get("id").asText()));
      status = 200;
    } catch (ScimException refused) {
      status = 400;
    }

    Scim.Reply reply = Scim.list(endpoint, filter);

    assertThat(reply.status()).as("%s %s", filter, reply.body()).isEqualTo(status);
    TreeSet<String> found = new TreeSet<>();
    reply.at("/Resources").forEach(one -> found.add(one.get("id").asText()));
    assertThat(found).as(filter).isEqualTo(expected);
    return found.size();
  }

  private static String filter(Random random, List<ObjectNode> users, int depth) {
    switch (random.nextInt(depth == 0 ? 2 : 6)) {
      case 0, 1 -> {
        return comparison(random, users, pick(random, PATHS));
      }
      case 2 -> {
        String inner = comparison(random, users, pick(random, PARTS));
        if (random.nextBoolean()) {
          inner +=
              (random.nextBoolean() ? " and " : " or ")
                  + comparison(random, users, pick(random, PARTS));
        }
        return "emails[" + (random.nextInt(3) == 0 ? "not (" + inner + ")" : inner) + "]";
      }
      case 3 -> {
        return "not (" + filter(random, users, depth - 1) + ")";
      }
      default -> {
        String by = random.nextBoolean() ? " and " : " or ";
        return "(" + filter(random, users, depth - 1) + by + filter(random, users, depth - 1) + ")";
      }
    }
  }

  private static String comparison(Random random, List<ObjectNode> users, String path) {
    if (random.nextInt(6) == 0) {
      return path + " pr";
    }
    String operator = pick(random, OPERATORS);
    if (random.nextInt(12) == 0) {
      return path + " " + (random.nextBoolean() ? "eq" : "ne") + " null";
    }
    if (path.endsWith("active") || path.endsWith("primary")) {
      return path + " " + (random.nextBoolean() ? "eq " : "ne ") + random.nextBoolean();
    }
    return path + " " + operator + " " + TextNode.valueOf(value(random, users));
  }

  /** Mostly a value, or a piece of one, that some user has. */
  private static String value(Random random, List<ObjectNode> users) {
    List<String> texts = new ArrayList<>();
    texts(users.get(random.nextInt(users.size())), texts);
    String text = texts.get(random.nextInt(texts.size()));
    int from = random.nextInt(3) == 0 ? random.nextInt(text.length()) : 0;
    int to =
        random.nextInt(3) == 0 ? from + random.nextInt(text.length() - from) + 1 : text.length();
    String piece = text.substring(from, to).replaceAll("[\\uD800-\\uDFFF]", "");
    return random.nextBoolean() ? piece.toUpperCase(Locale.ROOT) : piece;
  }

  private static void texts(JsonNode node, List<String> into) {
    if (node.isTextual() && !node.textValue().isEmpty()) {
      into.add(node.textValue());
    }
    node.forEach(child -> texts(child, into));
  }

  private static String pick(Random random, String[] from) {
    return from[random.nextInt(from.length)];
  }

  private static void people() {
    String[] types = {"Employee", "Contractor", "Intern"};
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      StringBuilder user =
          new StringBuilder(
              "{'userName': 'Person" + i + (i % 5 == 0 ? "É😀" : "") + "@Example.com'");
      user.append(i % 2 == 0 ? ", 'active': false" : "");
      user.append(i % 3 == 0 ? ", 'title': 'Tour 100%_Guide " + i % 4 + "'" : "");
      user.append(i % 4 == 0 ? ", 'externalId': 'Ext" + i + "'" : "");
      user.append(
          ", 'userType': '" + types[i % 3] + "', 'name': {'familyName': 'Fam" + i % 6 + "'}");
      user.append(
          i % 7 == 0 ? ", 'displayName': ''" : ", 'displayName': 'Person Number " + i + "'");
      if (i % 3 != 0) {
        user.append(
            ", 'emails': [{'value': 'p" + i + "@work.example', 'type': 'work', 'primary': true}");
        user.append(
            i % 2 == 0
                ? ", {'value': 'p" + i + "@home.example', 'type': 'home'}, {'value': 'bare'}]"
                : "]");
      }
      if (i % 4 == 1) {
        user.append(
            ", '"
                + ENTERPRISE
                + "': {'department': 'Dep"
                + i % 3
                + "', 'manager': 'm"
                + i % 2
                + "'}");
      }
      ids.add(Scim.post("/Users", user.append("}").toString()).id());
    }
    Scim.group("Group-0", ids.get(0), ids.get(1), ids.get(2));
    Scim.group("Group-1", ids.get(2), ids.get(3));
    Scim.group("group-2");
  }

  private static List<ObjectNode> all(String endpoint) {
    List<ObjectNode> all = new ArrayList<>();
    Scim.get(endpoint + "?count=1000").at("/Resources").forEach(one -> all.add((ObjectNode) one));
    return all;
  }
}
