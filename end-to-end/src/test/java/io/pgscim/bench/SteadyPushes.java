package io.pgscim.bench;

import io.pgscim.endtoend.Stack;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Pushes about people who are there already, without end and without making more of anything: of
 * ten, seven are about a membership, two change a title, one switches somebody off or on.
 */
final class SteadyPushes {
  static final int PEOPLE = 2_000;
  static final int GROUPS = 20;

  private final HttpRequests http;
  private final Random random = new Random(30);
  private final Set<String> members = new HashSet<>();
  private final Set<String> inactive = new HashSet<>();
  private List<String> people;
  private List<String> groups;

  SteadyPushes(Stack stack) {
    this.http = new HttpRequests(stack.scimPort(), stack.token());
  }

  /** Pushes the people and the groups. */
  void begin(Stack stack, LoadClient client) {
    client.run(PEOPLE, 201, () -> http.send("POST", "/Users", Person.json(Person.number())));
    for (int group = 0; group < GROUPS; group++) {
      byte[] request =
          http.send(
              "POST",
              "/Groups",
              "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"],\"displayName\":\"group-"
                  + group
                  + "\"}");
      client.run(1, 201, () -> request);
    }
    var directory = stack.cluster().in("directory");
    people = directory.list("SELECT id::text FROM scim.resource WHERE type = 'User'");
    groups = directory.list("SELECT id::text FROM scim.resource WHERE type = 'Group'");
  }

  byte[] next() {
    String person = people.get(random.nextInt(people.size()));
    int kind = random.nextInt(10);
    if (kind < 7) {
      return membership(groups.get(random.nextInt(groups.size())), person);
    }
    if (kind < 9) {
      return patch(
          "/Users/" + person,
          "\"op\":\"replace\",\"path\":\"title\",\"value\":\"Engineer "
              + random.nextInt(100)
              + "\"");
    }
    boolean active = inactive.remove(person);
    if (!active) {
      inactive.add(person);
    }
    return patch("/Users/" + person, "\"op\":\"replace\",\"path\":\"active\",\"value\":" + active);
  }

  private byte[] membership(String group, String person) {
    if (members.remove(group + person)) {
      return patch(
          "/Groups/" + group,
          "\"op\":\"remove\",\"path\":\"members[value eq \\\"" + person + "\\\"]\"");
    }
    members.add(group + person);
    return patch(
        "/Groups/" + group,
        "\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + person + "\"}]");
  }

  private byte[] patch(String path, String operation) {
    return http.send(
        "PATCH",
        path,
        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[{"
            + operation
            + "}]}");
  }
}
