package io.pgscim.bench;

import io.pgscim.endtoend.Stack;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An identity provider that pushes its whole directory for the first time, over some connections:
 * each user and each group by a POST, then the members by PATCHes of {@value #MEMBERS_AT_ONCE}.
 */
final class IdentityProvider implements AutoCloseable {
  static final int USERS = 20_000;
  static final int GROUPS = 200;

  /** Groups of each user. */
  static final int EACH = 3;

  static final int MEMBERSHIPS = USERS * EACH;
  static final int CONNECTIONS = 16;
  static final int MEMBERS_AT_ONCE = 100;

  private final Stack stack;
  private final HttpRequests http;
  private final LoadClient client;
  private final long[] numbers =
      IntStream.range(0, USERS).mapToLong(i -> Person.number()).toArray();

  IdentityProvider(Stack stack) {
    this.stack = stack;
    this.http = new HttpRequests(stack.scimPort(), stack.token());
    this.client = new LoadClient(stack.scimPort(), CONNECTIONS);
  }

  /** The groups of a user; every group gets as many members. */
  static List<Integer> groupsOf(int user) {
    return IntStream.range(0, EACH)
        .mapToObj(k -> (user * 7 + k * (GROUPS / EACH + 1)) % GROUPS)
        .toList();
  }

  /** The answers are counted, not read: the ids that they carry are taken from the directory. */
  void push() {
    Iterator<Long> number = IntStream.range(0, USERS).mapToObj(i -> numbers[i]).iterator();
    client.run(USERS, 201, () -> http.send("POST", "/Users", Person.json(number.next())));
    Iterator<Integer> group = IntStream.range(0, GROUPS).iterator();
    client.run(GROUPS, 201, () -> http.send("POST", "/Groups", group(group.next())));
    Iterator<byte[]> patches = patches().iterator();
    client.run(MEMBERSHIPS / MEMBERS_AT_ONCE, 204, patches::next);
  }

  /** How long as many requests take over as many connections that touch no database, in seconds. */
  double asManyThatAskNothing() {
    byte[] request = http.get("/ServiceProviderConfig");
    int requests = USERS + GROUPS + MEMBERSHIPS / MEMBERS_AT_ONCE;
    return client.run(requests, 200, () -> request).took().toNanos() / 1e9;
  }

  private static String group(int number) {
    return """
    {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"group-%d"}\
    """
        .formatted(number);
  }

  /** One group after the other in turn, so that no two connections want the same. */
  private List<byte[]> patches() {
    Map<String, String> users = ids("external_id", "User");
    Map<String, String> groups = ids("name", "Group");
    List<List<String>> members =
        IntStream.range(0, GROUPS).<List<String>>mapToObj(g -> new ArrayList<>()).toList();
    for (int user = 0; user < USERS; user++) {
      for (int group : groupsOf(user)) {
        members.get(group).add(users.get("x" + numbers[user]));
      }
    }
    List<byte[]> patches = new ArrayList<>();
    for (int from = 0; from < MEMBERSHIPS / GROUPS; from += MEMBERS_AT_ONCE) {
      for (int group = 0; group < GROUPS; group++) {
        patches.add(
            http.send(
                "PATCH",
                "/Groups/" + groups.get("group-" + group),
                patch(members.get(group).subList(from, from + MEMBERS_AT_ONCE))));
      }
    }
    return patches;
  }

  private Map<String, String> ids(String key, String type) {
    return stack
        .cluster()
        .in("directory")
        .list("SELECT " + key + " || ' ' || id FROM scim.resource WHERE type = ?", type)
        .stream()
        .map(row -> row.split(" "))
        .collect(Collectors.toMap(row -> row[0], row -> row[1]));
  }

  private static String patch(List<String> members) {
    return members.stream()
        .map(id -> "{\"value\":\"" + id + "\"}")
        .collect(
            Collectors.joining(
                ",",
                "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],"
                    + "\"Operations\":[{\"op\":\"add\",\"path\":\"members\",\"value\":[",
                "]}]}"));
  }

  @Override
  public void close() {
    client.close();
  }
}
