package io.pgscim.ingest.hostile;

import static io.pgscim.ingest.hostile.Attacker.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgscim.events.AuthenticationFailed;
import io.pgscim.events.Envelope;
import io.pgscim.events.Event;
import io.pgscim.events.RequestsRefused;
import io.pgscim.events.Topic;
import io.pgscim.ingest.Events;
import io.pgscim.ingest.hostile.RawRequests.Raw;
import io.pgscim.ingest.hostile.Wire.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * One afternoon with everybody whom one does not want as a client, in acts; an ordinary client
 * works all the time beside them, and in the evening everything must be as it was.
 */
@TestMethodOrder(OrderAnnotation.class)
class HostileAfternoonIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MEGABYTE = 1_024 * 1_024;

  private static Victim victim;
  private static Attacker attacker;
  private static Attacker other;
  private static Bystander bystander;
  private static Crowd crowd;
  private static long heap;
  private static long resident;
  private static long threads;
  private static long handles;
  private static Instant noon;
  private static int guessed;

  /** Users and groups that the acts create legally. */
  private static long created;

  @BeforeAll
  static void noon() throws Exception {
    victim = Victim.start(Files.createDirectories(Path.of("target", "hostile-afternoon")));
    noon = Instant.now();
    attacker = new Attacker(victim.port, Victim.TOKEN, "/scim/v2");
    other = new Attacker(victim.port, Victim.BETA, "/scim/v2/beta");
    for (int i = 0; i < 200; i++) {
      attacker.get("/Users?filter=title%20eq%20%22x%22");
    }
    try (Bystander warm = new Bystander(victim.port, "early-")) {
      Thread.sleep(Duration.ofSeconds(2));
      warm.close();
      created = warm.created();
    }
    for (int i = 0; i < 32; i++) {
      attacker.user("\"userName\":\"large-%d\",\"roles\":[%s]".formatted(i, texts(3, 60_000)));
      created++;
    }
    heap = victim.heap();
    resident = victim.resident();
    threads = victim.threads();
    handles = victim.handles();
    bystander = new Bystander(victim.port, "bystander-");
    crowd = new Crowd(attacker);
    crowd.arrive("/Users?count=1000&filter=" + "userName%20sw%20%22large%22");
  }

  @AfterAll
  static void night() throws Exception {
    bystander.close();
    crowd.close();
    victim.close();
  }

  @Test
  @Order(1)
  void requestsThatAreNoHttp() throws IOException {
    for (Raw raw : RawRequests.with(Victim.TOKEN)) {
      Reply reply = attacker.raw(raw.bytes(), true);

      switch (raw.expected()) {
        case REFUSED ->
            assertThat(reply)
                .as(raw.what())
                .satisfiesAnyOf(none -> assertThat(none).isNull(), Attacker::assertError);
        case SCIM_ERROR -> assertRefused(raw.what(), reply, 400, 404, 413);
        case SERVED -> assertThat(reply.status()).as(raw.what()).isEqualTo(200);
      }
      assertThat(smuggled()).as("a request inside another was served: " + raw.what()).isZero();
    }
  }

  private static long smuggled() {
    return victim.number("SELECT count(*) FROM scim.resource WHERE name = 'smuggled'");
  }

  @Test
  @Order(2)
  void methodsWhereTheyAreNotExpected() {
    for (String path : List.of("/Users", "/Users/x", "/Schemas", "/ServiceProviderConfig", "/x")) {
      for (String method : List.of("TRACE", "OPTIONS", "LINK", "SEARCH", "CONNECT")) {
        assertRefused(method + path, attacker.send(method, path, ""), 404, 405);
      }
      Reply head = attacker.send("HEAD", path, "");
      assertThat(head.status()).isEqualTo(attacker.get(path).status());
    }
  }

  /** What is forwarded by nobody whom we know is not believed. */
  @Test
  @Order(3)
  void headersThatSayTheRequestWasAnother() {
    String user = "{\"userName\":\"located\"}";
    Reply reply =
        attacker.send(
            "POST",
            "/Users",
            user,
            "X-Forwarded-Host",
            "evil.example",
            "X-Forwarded-Proto",
            "https",
            "X-Forwarded-Prefix",
            "/evil",
            "X-Forwarded-For",
            "192.0.2.66",
            "X-Original-URL",
            "/scim/v2/beta/Users",
            "Forwarded",
            "host=evil.example;proto=https");
    created++;

    String location = "http://scim.example/scim/v2/Users/" + reply.json().path("id").asText();
    assertThat(reply.headers().get("location")).isEqualTo(location);
    assertThat(reply.json().at("/meta/location").asText()).isEqualTo(location);
  }

  @Test
  @Order(4)
  void bodiesThatAreWrong() throws IOException {
    String fine = "{\"userName\":\"cut\",\"name\":{\"givenName\":\"ü\"},\"active\":true}";
    byte[] bytes = fine.getBytes(StandardCharsets.UTF_8);
    for (int end = 0; end < bytes.length; end++) {
      byte[] cut = Arrays.copyOf(bytes, end);
      assertRefused("cut at " + end, attacker.send("POST", "/Users", cut), 400);
    }
    for (String body :
        List.of(
            fine + fine,
            fine + "x",
            "//c\n" + fine,
            "/**/" + fine,
            "{'userName':'a'}",
            "{\"userName\":\"a\",}",
            "{userName:\"a\"}",
            "{\"userName\":NaN}",
            "{\"userName\":\"a\",\"userName\":\"b\"}",
            "{\"userName\":\"a\",\"USERNAME\":\"b\"}",
            "{\"userName\":\"a\",\"x5\":[1e9999999999999]}",
            "{\"userName\":\"a\",\"x5\":1e-9999999999999}",
            "{\"userName\":\"a\",\"x\":01}",
            "{\"userName\":\"a\\ud800\"}",
            "{\"userName\":\"a\\udc00\\ud800\"}",
            "{\"userName\":\"a\\u0000\"}",
            "{\"userName\":\"a\tb\"}",
            "{\"userName\":\"\\x41\"}",
            "{\"userName\":\"a\",\"x\":" + "9".repeat(1_000_000) + "}",
            "{\"userName\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
            "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000),
            "{\"userName\":\"" + "x".repeat(2_000_000) + "\"}",
            "{\"" + "x".repeat(2_000_000) + "\":1}",
            "{\"userName\":\"a\",\"emails\":[" + "1,".repeat(1_000_000) + "1]}",
            "{\"userName\":\"a\",\"x\":[" + "{},".repeat(2_000_000) + "{}]}",
            "{" + keys(400_000) + "}",
            "{\"emails\":[" + colliding(1_000) + "]}")) {
      assertRefused(
          body.substring(0, Math.min(60, body.length())),
          attacker.send("POST", "/Users", body),
          400);
    }
    for (int[] invalid :
        new int[][] {
          {0xff}, {0xc0, 0x80}, {0xed, 0xa0, 0x80}, {0xf5, 0x80, 0x80, 0x80}, {0xe2, 0x82}
        }) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.writeBytes("{\"userName\":\"".getBytes(StandardCharsets.UTF_8));
      for (int one : invalid) {
        body.write(one);
      }
      body.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
      assertRefused("UTF-8", attacker.send("POST", "/Users", body.toByteArray()), 400);
    }
    for (String charset : List.of("UTF-16", "UTF-16LE", "UTF-32", "IBM037")) {
      byte[] encoded = fine.getBytes(Charset.forName(charset));
      assertRefused(charset, attacker.send("POST", "/Users", encoded), 400);
    }
    assertThat(attacker.send("POST", "/Users", "{\"__proto__\":{\"active\":true}}").status())
        .isEqualTo(400);
  }

  @Test
  @Order(5)
  void bodiesThatAreNotWhatTheySay() throws IOException {
    byte[] bomb = gzipped(new byte[(int) (200 * MEGABYTE)]);
    for (String coding : List.of("gzip", "deflate", "br", "zstd", "gzip, gzip", "x")) {
      assertRefused(
          coding, attacker.send("POST", "/Users", bomb, "Content-Encoding", coding), 415, 413);
    }
    for (String type :
        List.of(
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json; charset=utf-16",
            ";",
            "json",
            "application/jsonx",
            "*/*")) {
      assertRefused(type, attacker.send("POST", "/Users", "{}", "Content-Type", type), 415);
    }
    byte[] large = new byte[(int) (33 * MEGABYTE)];
    Arrays.fill(large, (byte) ' ');
    assertRefused("33 MB", attacker.send("POST", "/Users", large), 413);
  }

  /** What is small to send and large to serve. */
  @Test
  @Order(6)
  void requestsThatWouldTakeForever() {
    String id = attacker.user("\"userName\":\"many\",\"emails\":[" + values(1_000) + "]");
    created++;
    String filter = "type eq \\\"a\\\"" + " or type eq \\\"b\\\"".repeat(800);
    String path = "{\"op\":\"replace\",\"path\":\"emails.display\",\"value\":\"%s\"}";
    assertRefused(
        "long texts",
        attacker.patch(
            "/Users/" + id,
            path.formatted("x".repeat(60_000))
                + ",{\"op\":\"remove\",\"path\":\"emails["
                + filter
                + "]\"}"),
        400);
    assertRefused(
        "long filters",
        attacker.patch(
            "/Users/" + id,
            repeated(400, i -> "{\"op\":\"remove\",\"path\":\"emails[" + filter + "]\"}")),
        400);
    assertRefused(
        "many edits",
        attacker.patch("/Users/" + id, repeated(5_000, i -> path.formatted("d" + i))),
        400);
    assertRefused(
        "too many edits",
        attacker.patch("/Users/" + id, repeated(5_001, i -> path.formatted("d" + i))),
        400);
    assertThat(attacker.get("/Users/" + id).json().path("meta").path("version").asText())
        .isEqualTo("W/\"1\"");
    for (String term :
        List.of(
            "emails co \"a\"",
            "emails[type eq \"a\" and value co \"b\"]",
            "not (emails pr)",
            "groups.value eq \"x\"",
            "meta.created gt \"2026-01-01T00:00:00Z\"")) {
      String whole = (term + " or ").repeat(15_000 / encoded(term + " or ").length()) + term;
      assertThat(attacker.filter("/Users", whole).status()).as(term).isIn(200, 400, 429);
    }
    String nested = "not (".repeat(40) + "title pr" + ")".repeat(40);
    assertRefused("deep filter", attacker.filter("/Users", nested), 400);
    for (String query :
        List.of(
            "startIndex=9223372036854775808",
            "count=x",
            "startIndex=1e3",
            "count=0x10",
            "startIndex=",
            "count=%00",
            "attributes=id&excludedAttributes=id")) {
      assertRefused(query, attacker.get("/Users?" + query), 400);
    }
    for (String query :
        List.of(
            "startIndex=9223372036854775807",
            "startIndex=-9223372036854775808&count=-1",
            "count=9223372036854775807&attributes=id",
            "count=1&attributes=" + "x,".repeat(5_000))) {
      assertThat(attacker.get("/Users?" + query).status()).as(query).isEqualTo(200);
    }
  }

  @Test
  @Order(7)
  void textsThatMeanSomethingToSomebody() throws IOException {
    List<String> attributes = List.of("displayName", "nickName", "title", "userType", "externalId");
    for (int i = 0; i < Nasty.TEXTS.size(); i++) {
      String text = Nasty.TEXTS.get(i);
      ObjectNode user = JSON.createObjectNode().put("userName", "nasty-" + i);
      attributes.forEach(attribute -> user.put(attribute, text));
      user.putObject("name").put("familyName", text).put("formatted", text);
      user.putArray("emails").addObject().put("value", text).put("display", text).put("type", text);
      user.putArray("addresses").addObject().put("streetAddress", text).put("country", "CH");

      Reply reply = attacker.send("POST", "/Users", user.toString());
      assertThat(reply.status()).as(reply.text()).isEqualTo(201);
      created++;
      ObjectNode stored =
          (ObjectNode) attacker.get("/Users/" + reply.json().path("id").asText()).json();
      user.properties().forEach(of -> assertThat(stored.get(of.getKey())).isEqualTo(of.getValue()));

      String quoted = JSON.writeValueAsString(text);
      assertThat(found("title eq " + quoted)).as(text).contains(stored.get("id").asText());
      assertThat(found("emails[value eq " + quoted + " and type eq " + quoted + "]"))
          .as(text)
          .contains(stored.get("id").asText());
      assertThat(found("userName eq " + quoted)).as(text).isEmpty();
      assertRefused(text, attacker.get("/Users/" + encoded(text)), 404);
      assertRefused(text, attacker.get("/" + encoded(text)), 404);
      assertRefused(text, attacker.filter("/Users", text), 400);
      assertThat(attacker.get("/Users?count=0&" + encoded(text) + "=" + encoded(text)).status())
          .as(text)
          .isEqualTo(200);
      Reply sorted = attacker.get("/Users?count=0&sortBy=" + encoded(text));
      assertThat(sorted.status()).as(text).isIn(200, 400);
      assertRefused(
          text,
          attacker.patch(
              "/Users/" + stored.get("id").asText(),
              "{\"op\":\"add\",\"path\":" + quoted + ",\"value\":\"x\"}"),
          400);
    }
  }

  /** RFC 7643 §4.1.1, RFC 8265: who looks the same to the directory is the same. */
  @Test
  @Order(8)
  void namesThatLookLikeAnother() {
    attacker.user("\"userName\":\"René@example.com\"");
    created++;
    for (String twin :
        List.of("Rene\u0301@example.com", "RENÉ@EXAMPLE.COM", "\uFF32ené@example.com")) {
      Reply reply = attacker.send("POST", "/Users", "{\"userName\":\"" + twin + "\"}");
      assertRefused(twin, reply, 409);
    }
  }

  @Test
  @Order(9)
  void tokensThatAreGuessed() {
    String right = Victim.TOKEN;
    List<String> guesses = new ArrayList<>();
    for (int i = 0; i < right.length(); i++) {
      guesses.add("Bearer " + right.substring(0, i));
      guesses.add("Bearer " + right.substring(0, i) + "x" + right.substring(i + 1));
    }
    guesses.addAll(
        List.of(
            "Bearer",
            "Bearer  ",
            right,
            "Basic " + right,
            "Bearer " + right + "," + right,
            "Bearer " + right + " " + right,
            "Bearer\t" + right,
            "Bearer \"" + right + "\"",
            "bearer",
            "Token " + right,
            "Bearer " + "x".repeat(7_000),
            "Bearer ' OR ''='",
            "Bearer null",
            "Bearer " + Victim.BETA));
    for (int i = 0; i < 2_000; i++) {
      guesses.add("Bearer " + UUID.randomUUID());
    }
    guessed = guesses.size();
    Attacker nobody = new Attacker(victim.port, null, "/scim/v2");
    for (String guess : guesses) {
      Reply reply = nobody.send("GET", "/Users", "", "Authorization", guess);
      assertRefused(guess, reply, 401, 429);
      assertThat(reply.headers())
          .containsKey(reply.status() == 401 ? "www-authenticate" : "retry-after");
    }
    assertThat(attacker.get("/Users?count=0").status()).isEqualTo(200);
  }

  @Test
  @Order(10)
  void oneSourceKnowsNothingOfTheOther() {
    String id = attacker.user("\"userName\":\"secret-agent\",\"externalId\":\"007\"");
    String twin = other.user("\"userName\":\"secret-agent\"");
    Reply group = other.send("POST", "/Groups", "{\"displayName\":\"g\"}");
    created += 3;
    String groupId = group.json().path("id").asText();
    String etag = attacker.get("/Users/" + id).headers().get("etag");
    List<Function<String, Reply>> questions =
        List.of(
            unknown -> other.get("/Users/" + unknown),
            unknown -> other.get("/Groups/" + unknown),
            unknown -> other.send("DELETE", "/Users/" + unknown, ""),
            unknown -> other.send("PUT", "/Users/" + unknown, "{\"userName\":\"x\"}"),
            unknown -> other.send("GET", "/Users/" + unknown, "", "If-None-Match", etag),
            unknown -> other.send("DELETE", "/Users/" + unknown, "", "If-Match", etag),
            unknown -> other.send("DELETE", "/Users/" + unknown, "", "If-Match", "W/\"9\""),
            unknown ->
                other.patch(
                    "/Users/" + unknown, "{\"op\":\"add\",\"path\":\"title\",\"value\":\"x\"}"),
            unknown -> other.patch("/Groups/" + groupId, member(unknown)),
            unknown ->
                other.send(
                    "POST",
                    "/Groups",
                    "{\"displayName\":\"h\",\"members\":[{\"value\":\"" + unknown + "\"}]}"),
            unknown -> other.filter("/Users", "id eq \"" + unknown + "\""),
            unknown -> other.filter("/Groups", "members[value eq \"" + unknown + "\"]"));
    for (Function<String, Reply> question : questions) {
      String nobody = "01a20f85-007c-7d29-b4f5-b4612e1a58f5";
      Reply known = question.apply(id);
      Reply unknown = question.apply(nobody);

      assertThat(known.text().replace(id, nobody)).isEqualTo(unknown.text());
      assertThat(known.status()).isEqualTo(unknown.status());
      assertThat(known.headers().keySet()).isEqualTo(unknown.headers().keySet());
    }
    assertThat(other.filter("/Users", "externalId eq \"007\"").json().path("totalResults").asInt())
        .isZero();
    assertThat(other.get("/Users").text()).contains(twin).doesNotContain(id, "bystander");
    assertThat(attacker.get("/Users/" + id).status()).isEqualTo(200);
    assertThat(new Attacker(victim.port, Victim.TOKEN, "/scim/v2/beta").get("/Users").status())
        .isIn(401, 429);
    assertThat(new Attacker(victim.port, Victim.BETA, "/scim/v2").get("/Users").status())
        .isIn(401, 429);
  }

  /** By whichever way one can ask for many, or for several things at once. */
  @Test
  @Order(11)
  void manyThingsAtOnceAreOnesOwn() {
    String hidden = attacker.user("\"userName\":\"hidden-1\"");
    attacker.user("\"userName\":\"hidden-2\"");
    other.user("\"userName\":\"open-1\"");
    created += 3;
    long own = victim.number("SELECT count(*) FROM scim.resource WHERE source = 'beta'");
    String search =
        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:SearchRequest\"],"
            + "\"count\":1000,\"sortBy\":\"id\"%s}";
    for (Reply list :
        List.of(
            other.get("/?count=1000"),
            other.get("/?count=1000&sortBy=meta.created&filter=id%20pr"),
            other.send("POST", "/.search", search.formatted("")),
            other.send("POST", "/.search", search.formatted(",\"source\":\"default\"")),
            other.send("POST", "/.search", search.formatted(",\"filter\":\"meta pr\"")))) {
      assertThat(list.status()).as(list.text()).isEqualTo(200);
      assertThat(list.json().path("totalResults").asLong()).isEqualTo(own);
      assertThat(list.json().path("Resources")).hasSize((int) own);
      assertThat(list.text()).contains("open-1").doesNotContain("hidden", hidden, "bystander");
    }
    assertThat(
            other.send("POST", "/Users/.search", search.formatted("")).text()
                + other
                    .filter("/Users", "userName sw \"hidden\" or id eq \"" + hidden + "\"")
                    .text()
                + other.filter("/", "userName co \"hidden\"").text())
        .doesNotContain("hidden", hidden);

    Reply bulk =
        other.send(
            "POST",
            "/Bulk",
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],\"Operations\":["
                + Stream.of("/Users/", "/../Users/", "/scim/v2/Users/", "/beta/../Users/")
                    .flatMap(path -> Stream.of(deletion(path + hidden), change(path + hidden)))
                    .collect(Collectors.joining(","))
                + "]}");
    assertThat(bulk.status()).as(bulk.text()).isEqualTo(200);
    assertThat(bulk.json().path("Operations")).hasSize(8);
    bulk.json()
        .path("Operations")
        .forEach(done -> assertThat(done.path("status").asText()).isIn("400", "404"));
    assertThat(attacker.get("/Users/" + hidden).json().at("/meta/version").asText())
        .isEqualTo("W/\"1\"");
    assertRefused("nobody", other.get("/Me"), 404);
    assertRefused("another source's user", standingFor(hidden).get("/Me"), 404);
  }

  private static String deletion(String path) {
    return "{\"method\":\"DELETE\",\"path\":\"" + path + "\"}";
  }

  private static String change(String path) {
    return "{\"method\":\"PUT\",\"path\":\"" + path + "\",\"data\":{\"userName\":\"taken\"}}";
  }

  /** A client of the other source that stands for somebody; an administrator was careless. */
  private static Attacker standingFor(String user) {
    Attacker admin = new Attacker(victim.port, Victim.ADMIN, "/admin");
    String json = "application/json";
    String clients = "/sources/beta/clients";
    String body = "{\"name\":\"careless\",\"me\":\"" + user + "\"}";
    Reply made = admin.send("POST", clients, body, "Content-Type", json);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    Reply secret =
        admin.send(
            "POST", clients + "/careless/secrets", "{\"kind\":\"token\"}", "Content-Type", json);
    return new Attacker(victim.port, secret.json().path("secret").asText(), "/scim/v2/beta");
  }

  /** RFC 9865 §5: whoever finds a cursor, or makes one up, learns nothing by it. */
  @Test
  @Order(12)
  void cursorsOpenNothingButTheirOwnList() {
    String query = "/Users?count=1&filter=userName%20sw%20%22hidden%22&cursor=";
    String cursor = attacker.get(query).json().path("nextCursor").asText();
    assertThat(attacker.get(query + cursor).json().path("Resources")).hasSize(1);

    assertCursorRefused(other.get(query + cursor));
    assertCursorRefused(attacker.get(query.replace("hidden", "secret") + cursor));
    assertCursorRefused(attacker.get("/Users?count=1&cursor=" + cursor));
    assertCursorRefused(attacker.get(query.replace("/Users", "/") + cursor));
    assertCursorRefused(attacker.get(query + cursor + "&sortBy=userName"));
    assertRefused("another count", attacker.get(query.replace("=1&", "=2&") + cursor), 400);
    for (int i = 0; i < cursor.length() - 1; i++) {
      char turned = cursor.charAt(i) == 'A' ? 'B' : 'A';
      assertCursorRefused(
          attacker.get(query + cursor.substring(0, i) + turned + cursor.substring(i + 1)));
    }
    for (String wrong :
        List.of("x", "AAAA", cursor + "AAAA", cursor.substring(4), "%00", "a".repeat(10_000))) {
      assertCursorRefused(attacker.get(query + wrong));
    }
  }

  private static void assertCursorRefused(Reply reply) {
    assertRefused("a cursor", reply, 400);
    assertThat(reply.json().path("scimType").asText()).isEqualTo("invalidCursor");
    assertThat(reply.text()).doesNotContain("hidden");
  }

  /** A page ends before it is too large; who goes on from there misses nothing. */
  @Test
  @Order(13)
  void pagesOfLargeResourcesAreShort() throws Exception {
    String filter = "/Users?filter=userName%20sw%20%22large%22&count=1000&startIndex=";
    int seen = 0;
    while (seen < 32) {
      Reply page = attacker.get(filter + (seen + 1));
      if (page.status() == 429) {
        Thread.sleep(Duration.ofMillis(200));
        continue;
      }
      assertThat(page.body().length).isLessThan((int) (5 * MEGABYTE));
      assertThat(page.json().path("totalResults").asInt()).isEqualTo(32);
      assertThat(page.json().path("itemsPerPage").asInt())
          .isEqualTo(page.json().path("Resources").size())
          .isBetween(1, 31);
      seen += page.json().path("itemsPerPage").asInt();
    }
    assertThat(seen).isEqualTo(32);
  }

  private static String member(String id) {
    return "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + id + "\"}]}";
  }

  @Test
  @Order(14)
  void whoIsTooSlowIsSentAway() throws IOException {
    for (Reply reply : crowd.answersToSlowBodies()) {
      assertRefused("a slow body", reply, 408, 429);
    }
    assertThat(crowd.staying(Victim.IDLE_TIME)).isZero();
  }

  @Test
  @Order(20)
  void inTheEveningEverythingIsAsItWas() throws Exception {
    bystander.close();
    crowd.close();

    assertThat(victim.isAlive()).isTrue();
    assertThat(victim.number("SELECT count(*) FROM scim.resource"))
        .isEqualTo(created + bystander.created());
    assertThat(victim.log().lines())
        .noneMatch(line -> line.contains(" ERROR ") || line.startsWith("\tat "))
        .noneMatch(line -> line.contains("OutOfMemory") || line.startsWith("2026-01-01 INFO"))
        .noneMatch(line -> line.contains(Victim.TOKEN) || line.contains(Victim.BETA))
        .noneMatch(line -> line.contains("secret-agent"));
    assertThat(victim.heap()).as("reachable, %d before", heap).isLessThan(heap + 16 * MEGABYTE);
    assertThat(victim.resident())
        .as("of the machine's memory")
        .isLessThan(resident + Victim.HEAP + 64 * MEGABYTE);
    assertThat(victim.threads()).isLessThan(threads + 24);
    awaitHandles();
  }

  @Test
  @Order(21)
  void theOrdinaryClientNoticedNothing() {
    assertThat(bystander.failures()).isEmpty();
    assertThat(bystander.requests()).isGreaterThan(100);
    assertThat(bystander.percentile(0.5)).isLessThan(Duration.ofMillis(200));
    assertThat(bystander.percentile(0.99)).isLessThan(Duration.ofSeconds(3));
    assertThat(bystander.percentile(1)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  @Order(22)
  void theSecurityLogTellsTheStory() {
    try (Events events = new Events(Topic.SECURITY_EVENTS)) {
      List<Event> told = everything(events).stream().map(e -> e.event()).toList();
      List<AuthenticationFailed> failed = only(AuthenticationFailed.class, told);
      Map<String, Long> refused =
          only(RequestsRefused.class, told).stream()
              .peek(e -> assertThat(e.remoteAddress()).isEqualTo("127.0.0.1"))
              .collect(
                  Collectors.groupingBy(
                      RequestsRefused::kind, Collectors.summingLong(RequestsRefused::count)));

      assertThat(failed).allMatch(e -> e.remoteAddress().equals("127.0.0.1"));
      Map<String, Long> reasons =
          failed.stream()
              .collect(
                  Collectors.groupingBy(
                      AuthenticationFailed::reason,
                      Collectors.summingLong(AuthenticationFailed::count)));
      assertThat(reasons).containsOnlyKeys("missing", "ambiguous", "unknown");
      assertThat(reasons.get("ambiguous")).isEqualTo(4);
      assertThat(reasons.get("missing") + reasons.get("unknown"))
          .as("each guess, and each stranger of the crowd, and the tokens of the other source")
          .isEqualTo(guessed + Crowd.OF_EACH_KIND + 2);
      assertThat(failed).anyMatch(e -> e.source().equals("beta"));
      assertThat(refused)
          .containsKeys("syntax", "depth", "filter", "path", "size", "method", "time", "cost")
          .containsEntry("media-type", 15L);
      assertThat(told.size()).as("events, however much happened").isLessThan(250);
      assertThat(events.text()).doesNotContain(Victim.TOKEN, Victim.BETA, "secret-agent");
    }
  }

  /** What was said since noon; that of the last act comes last, a few seconds after it. */
  private static List<Envelope> everything(Events events) {
    events.await(
        1,
        e ->
            !e.time().isBefore(noon)
                && e.event() instanceof RequestsRefused refused
                && refused.kind().equals("time"));
    return events.settled(e -> e.source().equals("/scim-ingest") && !e.time().isBefore(noon));
  }

  private static <T> List<T> only(Class<T> type, List<Event> events) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static void awaitHandles() throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (victim.handles() > handles + 24 && System.nanoTime() < end) {
      Thread.sleep(100);
    }
    assertThat(victim.handles()).isLessThanOrEqualTo(handles + 24);
  }

  private static List<String> found(String filter) {
    Reply reply = attacker.filter("/Users", filter);
    assertThat(reply.status()).as(filter + reply.text()).isEqualTo(200);
    return reply.json().path("Resources").findValuesAsText("id");
  }

  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      encoded.append('%').append(String.format("%02X", one));
    }
    return encoded.toString();
  }

  private static String texts(int count, int length) {
    return repeated(
        count, i -> "{\"type\":\"t%d\",\"value\":\"%s\"}".formatted(i, "x".repeat(length)));
  }

  private static String values(int count) {
    return repeated(count, i -> "{\"value\":\"v" + i + "\",\"type\":\"t\"}");
  }

  private static String keys(int count) {
    return repeated(count, i -> "\"k" + i + "\":0");
  }

  /** Hashes of strings are no secret: {@code Aa} and {@code BB} have the same. */
  private static String colliding(int count) {
    return repeated(
        count,
        i ->
            "{\"value\":\""
                + Integer.toBinaryString(1 << 11 | i).replace("0", "Aa").replace("1", "BB")
                + "\"}");
  }

  private static String repeated(int count, Function<Integer, String> one) {
    return IntStream.range(0, count).boxed().map(one).collect(Collectors.joining(","));
  }

  private static byte[] gzipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    }
    return compressed.toByteArray();
  }
}
