package io.pgscim.bench;

import io.pgscim.endtoend.Stack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One member more, one member less, at a steady rate: in a group of 100 and in one of 100,000,
 * taking turns. And that large group replaced, read and replaced again, with the memory that takes.
 */
final class GroupPatch implements Bench.Benchmark {
  private static final int LARGE = 100_000;
  private static final int SMALL = 100;
  private static final int WARM_UP = 300;
  private static final int ROUNDS = 1_000;
  private static final int PER_SECOND = 100;

  @Override
  public List<Measure> run() throws Exception {
    try (Stack stack = Stack.fresh()) {
      stack.without("role-applier", "audit-sink");
      HttpRequests http = new HttpRequests(stack.scimPort(), stack.token());
      try (LoadClient client = new LoadClient(stack.scimPort(), 1)) {
        client.run(1, 201, () -> http.send("POST", "/Users", Person.json(Person.number())));
        People.atLeast(stack, LARGE + 1);
        List<String> ids =
            stack
                .cluster()
                .in("directory")
                .list("SELECT id::text FROM scim.resource WHERE type = 'User' ORDER BY id");
        Group large = Group.create(stack, client, http, "large");
        Group small = Group.create(stack, client, http, "small");
        List<Measure> measures = new ArrayList<>();
        measures.addAll(whole(stack, client, large, ids));
        one(client, 200, () -> small.put(ids.subList(0, SMALL)));
        measures.addAll(patches(client, small, large, ids.getLast()));
        return measures;
      }
    }
  }

  /** A group, and requests about it. */
  private record Group(HttpRequests http, String id, String name) {
    static Group create(Stack stack, LoadClient client, HttpRequests http, String name) {
      client.run(1, 201, () -> http.send("POST", "/Groups", json(name, List.of())));
      return new Group(
          http,
          stack
              .cluster()
              .in("directory")
              .list("SELECT id::text FROM scim.resource WHERE name = ?", name)
              .getFirst(),
          name);
    }

    /** Members as identity providers write them that write all there is. */
    byte[] put(List<String> members) {
      return http.send("PUT", "/Groups/" + id + "?excludedAttributes=members", json(name, members));
    }

    byte[] get() {
      return http.get("/Groups/" + id);
    }

    byte[] patch(String op, String member) {
      String operation =
          op.equals("add")
              ? "\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + member + "\"}]"
              : "\"op\":\"remove\",\"path\":\"members[value eq \\\"" + member + "\\\"]\"";
      return http.send(
          "PATCH",
          "/Groups/" + id,
          "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[{"
              + operation
              + "}]}");
    }

    private static String json(String name, List<String> members) {
      StringBuilder json =
          new StringBuilder("{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"],");
      json.append("\"displayName\":\"").append(name).append("\",\"members\":[");
      String comma = "";
      for (String id : members) {
        json.append(comma)
            .append("{\"value\":\"")
            .append(id)
            .append("\",\"$ref\":\"https://idp.example.com/scim/v2/Users/")
            .append(id)
            .append("\",\"display\":\"Ada Lovelace\",\"type\":\"User\"}");
        comma = ",";
      }
      return json.append("]}").toString();
    }
  }

  private static List<Measure> whole(Stack stack, LoadClient client, Group group, List<String> ids)
      throws Exception {
    List<Measure> measures = new ArrayList<>();
    List<String> all = ids.subList(0, LARGE);
    measures.add(Measure.of("body of a PUT of 100,000 members", group.put(all).length / 1e6, "MB"));
    Memory.forgetPeak(stack, "scim-ingest");
    measures.add(
        seconds("PUT of 100,000 members, all new", one(client, 200, () -> group.put(all))));
    measures.add(
        Measure.of("… their events on Kafka after another", Waiting.untilPublished(stack), "s"));
    measures.add(seconds("PUT of the same again", one(client, 200, () -> group.put(all))));
    measures.add(seconds("GET of it", one(client, 200, group::get)));
    measures.add(
        seconds(
            "PUT of half of them", one(client, 200, () -> group.put(all.subList(0, LARGE / 2)))));
    measures.add(seconds("PUT of all of them again", one(client, 200, () -> group.put(all))));
    Waiting.untilPublished(stack);
    measures.add(
        Measure.of(
            "peak resident memory of scim-ingest meanwhile",
            Memory.peak(stack, "scim-ingest"),
            "MB"));
    return measures;
  }

  private static List<Measure> patches(LoadClient client, Group small, Group large, String member) {
    Latencies[] added = {new Latencies(), new Latencies()};
    Latencies[] removed = {new Latencies(), new Latencies()};
    List<Group> groups = List.of(small, large);
    Pace pace = new Pace(PER_SECOND);
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
      // Who goes first changes, so that neither always pays for what came before.
      for (int turn = 0; turn < 2; turn++) {
        int which = (round + turn) % 2;
        Group group = groups.get(which);
        Duration add = due(pace, client, () -> group.patch("add", member));
        Duration remove = due(pace, client, () -> group.patch("remove", member));
        if (round >= WARM_UP) {
          added[which].add(add);
          removed[which].add(remove);
        }
      }
    }
    return List.of(
        Measure.beside(
            "add one member at 100,000, median, beside 100",
            added[1].median(),
            "ms",
            added[0].median()),
        Measure.beside(
            "add one member at 100,000, p99, beside 100", added[1].p99(), "ms", added[0].p99()),
        Measure.beside(
            "remove one member at 100,000, median, beside 100",
            removed[1].median(),
            "ms",
            removed[0].median()),
        Measure.beside(
            "remove one member at 100,000, p99, beside 100",
            removed[1].p99(),
            "ms",
            removed[0].p99()));
  }

  private static Measure seconds(String name, Duration took) {
    return Measure.of(name, took.toNanos() / 1e9, "s");
  }

  /** From when it was due. */
  private static Duration due(Pace pace, LoadClient client, Supplier<byte[]> request) {
    long due = pace.next();
    one(client, 204, request);
    return Duration.ofNanos(System.nanoTime() - due);
  }

  private static Duration one(LoadClient client, int status, Supplier<byte[]> request) {
    byte[] bytes = request.get();
    return client.run(1, status, () -> bytes).took();
  }
}
