package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 7644 §3.4.2.1, §3.4.2.3 and §3.4.3, and RFC 9865: order, cursors, and queries over types. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class ListingIT {
  private static final String ENTERPRISE =
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  private static final String SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

  @BeforeEach
  void people() {
    DirectoryTables.empty();
    user(
        "bob",
        "'title': 'b', 'name': {'givenName': 'Bob'}, 'emails': [{'value': 'z@x'}, {'value': 'a@x', 'primary': true}]");
    user(
        "Anna",
        "'title': 'B', 'name': {'givenName': 'anna'}, 'emails': [{'value': 'm@x'}, {'value': '0@x'}], '"
            + ENTERPRISE
            + "': {'employeeNumber': '7'}");
    user("carl", "'name': {'givenName': 'CARL'}");
    user(
        "dora",
        "'title': 'a', 'emails': [{'value': 'B@x'}], '"
            + ENTERPRISE
            + "': {'employeeNumber': '12', 'department': 'Ops'}");
  }

  @Test
  @DisplayName("RFC 7644 §3.4.2.3: sorts by any attribute, ignoring case unless caseExact")
  void sortsByAnyAttributeWhateverItsCase() {
    assertThat(sorted("userName")).containsExactly("Anna", "bob", "carl", "dora");
    assertThat(sorted("USERNAME")).containsExactly("Anna", "bob", "carl", "dora");
    assertThat(sorted(Scim.USER + ":userName")).containsExactly("Anna", "bob", "carl", "dora");
    assertThat(sorted("meta.created")).containsExactly("bob", "Anna", "carl", "dora");
    assertThat(sorted("id&sortOrder=descending")).containsExactly("dora", "carl", "Anna", "bob");
    assertThat(sorted("schemas")).hasSize(4);
    assertThat(sorted("meta.resourceType")).containsExactly("bob", "Anna", "carl", "dora");
  }

  @Test
  @DisplayName("RFC 7644 §3.4.2.3: no value comes last, and first when descending")
  void whatHasNoValueComesLastAndFirstWhenDescending() {
    assertThat(sorted("name.givenName")).containsExactly("Anna", "bob", "carl", "dora");
    assertThat(sorted(ENTERPRISE + ":department")).containsExactly("dora", "bob", "Anna", "carl");
    assertThat(sorted(ENTERPRISE + ":employeeNumber"))
        .as("a string, so 12 comes before 7")
        .containsExactly("dora", "Anna", "bob", "carl");
    assertThat(sorted("name.givenName&sortOrder=descending"))
        .containsExactly("dora", "carl", "bob", "Anna");
    assertThat(sorted("title"))
        .as("equal values by id")
        .containsExactly("dora", "bob", "Anna", "carl");
    assertThat(sorted("title&sortOrder=descending")).containsExactly("carl", "Anna", "bob", "dora");
  }

  @Test
  @DisplayName("RFC 7644 §3.4.2.3: of several values the primary or else the first counts")
  void ofSeveralValuesThePrimaryCountsElseTheFirst() {
    assertThat(sorted("emails.value")).containsExactly("bob", "dora", "Anna", "carl");
    assertThat(sorted("emails")).containsExactly("bob", "dora", "Anna", "carl");
    assertThat(sorted("emails.primary")).startsWith("bob");
  }

  @Test
  void groupsAreSortedByTheirFirstMember() {
    String first = id("bob");
    String last = id("dora");
    Scim.group("late", last);
    Scim.group("early", first, last);
    Scim.group("empty");

    assertThat(names("/Groups?sortBy=members.value", "displayName"))
        .containsExactly("early", "late", "empty");
    assertThat(names("/Users?sortBy=groups.display", "userName")).startsWith("bob", "dora");
  }

  @Test
  @DisplayName("RFC 7644 §3.12: sorting by what has no order is 400")
  void refusesToSortByWhatHasNoOrder() {
    for (String by :
        List.of(
            "nope", "name", "addresses", "password", ENTERPRISE, "(", "members", "groups.$ref")) {
      Scim.Reply reply = Scim.get("/Users?sortBy=" + URLEncoder.encode(by, StandardCharsets.UTF_8));
      BadInputIT.assertError(reply, 400);
      assertThat(reply.text("/scimType")).as(by).isEqualTo("invalidValue");
    }
    BadInputIT.assertError(Scim.get("/Users?sortBy=userName&sortOrder=up"), 400);
  }

  @Test
  void pagesOfASortedListJoinWithoutGapOrDouble() {
    List<String> all = new ArrayList<>();
    for (int start = 1; start <= 4; start++) {
      all.addAll(names("/Users?sortBy=title&startIndex=" + start + "&count=1", "userName"));
    }
    assertThat(all).containsExactly("dora", "bob", "Anna", "carl");
  }

  @Test
  @DisplayName("RFC 9865 §2: cursors lead forward and back through all results")
  void cursorsLeadThroughEverythingAndBack() {
    for (String order :
        List.of(
            "",
            "&sortBy=userName",
            "&sortBy=title",
            "&sortBy=title&sortOrder=descending",
            "&sortBy=meta.created",
            "&sortBy=groups.value",
            "&sortBy=emails&filter=title+pr",
            "&sortBy=id&sortOrder=descending")) {
      List<String> expected = names("/Users?count=100" + order, "userName");
      for (int count = 1; count <= 3; count++) {
        String query = "/Users?count=" + count + order;
        List<String> forth = new ArrayList<>();
        Scim.Reply page = Scim.get(query + "&cursor");
        assertThat(page.body().has("previousCursor")).isFalse();
        while (true) {
          assertThat(page.status()).as(page.body().toString()).isEqualTo(200);
          assertThat(page.at("/totalResults").asInt()).isEqualTo(expected.size());
          assertThat(page.at("/itemsPerPage").asInt()).isEqualTo(page.at("/Resources").size());
          assertThat(page.body().has("startIndex")).isFalse();
          forth.addAll(names(page, "userName"));
          if (!page.body().has("nextCursor")) {
            break;
          }
          page = Scim.get(query + "&cursor=" + page.text("/nextCursor"));
        }
        assertThat(forth).as(query).isEqualTo(expected);

        List<String> back = new ArrayList<>();
        List<String> last = new ArrayList<>(names(page, "userName"));
        while (page.body().has("previousCursor")) {
          page = Scim.get(query + "&cursor=" + page.text("/previousCursor"));
          List<String> names = names(page, "userName");
          Collections.reverse(names);
          back.addAll(names);
          assertThat(page.body().has("nextCursor")).isTrue();
        }
        Collections.reverse(back);
        back.addAll(last);
        assertThat(back).as("back: " + query).isEqualTo(expected);
      }
    }
  }

  @Test
  void cursorsSurviveWhatHappensBetweenThePages() {
    Scim.Reply first = Scim.get("/Users?cursor=&count=2&sortBy=userName");
    String cursor = first.text("/nextCursor");
    assertThat(names(first, "userName")).containsExactly("Anna", "bob");

    Scim.delete("/Users/" + id("bob"));
    Scim.delete("/Users/" + id("Anna"));
    user("aaron", "'title': 'x'");

    assertThat(names("/Users?count=2&sortBy=userName&cursor=" + cursor, "userName"))
        .containsExactly("carl", "dora");
  }

  @Test
  @DisplayName("RFC 9865 §2.1: invalid cursors and counts are told by their scimType")
  void aCursorServesOnlyTheQueryItWasGivenFor() {
    String cursor = Scim.get("/Users?cursor&count=2&sortBy=userName").text("/nextCursor");

    for (String other :
        List.of(
            "/Users?count=2",
            "/Users?count=2&sortBy=title",
            "/Users?count=2&sortBy=userName&sortOrder=descending",
            "/Users?count=2&sortBy=userName&filter=title+pr",
            "/Users?count=2&sortBy=userName&attributes=id",
            "/Groups?count=2&sortBy=displayName",
            "?count=2&sortBy=userName")) {
      assertScimType(Scim.get(other + "&cursor=" + cursor), "invalidCursor");
    }
    String right = "/Users?sortBy=userName&cursor=";
    assertScimType(Scim.get(right + "forged&count=2"), "invalidCursor");
    assertScimType(Scim.get(right + cursor), "invalidCount");
    assertScimType(Scim.get(right + cursor + "&count=3"), "invalidCount");
    assertScimType(Scim.get(right + "&count=1001"), "invalidCount");
    assertScimType(Scim.get(right + "&count=many"), "invalidCount");
    assertScimType(Scim.get(right + "&startIndex=1"), "invalidValue");
    assertThat(Scim.get(right + cursor + "&count=2").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("RFC 9865 §2: count=0 answers totalResults only")
  void countNothingAsksForTheTotalOnly() {
    for (String count : List.of("0", "-5")) {
      Scim.Reply reply = Scim.get("/Users?cursor&count=" + count);
      assertThat(reply.at("/totalResults").asInt()).isEqualTo(4);
      assertThat(reply.at("/Resources")).isEmpty();
      assertThat(reply.body().has("nextCursor")).isFalse();
    }
  }

  @Test
  @DisplayName("RFC 7644 §3.4.3: a search by POST answers as the GET with the same parameters")
  void theSameIsAskedByPost() {
    Scim.Reply byGet =
        Scim.get(
            "/Users?filter=title+pr&sortBy=title&count=2&startIndex=2&attributes=title,userName");
    Scim.Reply byPost =
        Scim.post(
            "/Users/.search",
            "{'schemas': ['"
                + SEARCH
                + "'], 'filter': 'title pr', 'sortBy': 'title', 'count': 2, 'startIndex': 2,"
                + " 'attributes': ['title', 'userName'], 'unknown': {}}");
    assertThat(byPost.status()).isEqualTo(200);
    assertThat(byPost.body()).isEqualTo(byGet.body());

    Scim.Reply first = Scim.post("/Users/.search", "{'cursor': '', 'count': 3}");
    Scim.Reply next =
        Scim.post("/Users/.search", "{'cursor': '" + first.text("/nextCursor") + "', 'count': 3}");
    assertThat(names(next, "userName")).containsExactly("dora");
  }

  @Test
  @DisplayName("RFC 7644 §3.4.3: a SearchRequest has its schema and well-typed attributes")
  void aSearchIsASearchRequestOfTheRightTypes() {
    for (String body : List.of("{'schemas': ['" + Scim.USER + "']}", "{'schemas': 'x'}")) {
      assertScimType(Scim.post("/Users/.search", body), "invalidSyntax");
    }
    for (String body :
        List.of(
            "{'attributes': 5}",
            "{'attributes': [5]}",
            "{'excludedAttributes': {'a': 'b'}}",
            "{'filter': ['title pr']}",
            "{'count': 1.5}",
            "{'count': true}",
            "{'attributes': ['a'], 'excludedAttributes': ['b']}")) {
      assertScimType(Scim.post("/Users/.search", body), "invalidValue");
    }
    Scim.Reply method = Scim.get("/Users/.search");
    BadInputIT.assertError(method, 405);
    assertThat(method.header("Allow")).contains("POST");
  }

  @Test
  @DisplayName("RFC 7644 §3.4.2.1: a query at the root sees every resource type")
  void theRootHoldsResourcesOfAllTypes() {
    String group = Scim.group("Bobs friends", id("bob")).id();
    Scim.Reply all = Scim.get("?count=100");
    assertThat(all.at("/totalResults").asInt()).isEqualTo(5);
    assertThat(types(all)).containsExactly("User", "User", "User", "User", "Group");
    assertThat(all.at("/Resources/4/members/0/value").asText()).isEqualTo(id("bob"));
    assertThat(all.at("/Resources/0/groups/0/value").asText()).isEqualTo(group);

    assertThat(found("meta.resourceType eq \"Group\"")).containsExactly("Group");
    assertThat(found("(meta.resourceType eq User) or (meta.resourceType eq Group)")).isNull();
    assertThat(found("(meta.resourceType eq \"User\") or (meta.resourceType eq \"Group\")"))
        .hasSize(5);
    assertThat(found("userName sw \"b\" or displayName sw \"b\"")).containsExactly("User", "Group");
    assertThat(found("title pr")).hasSize(3);
    assertThat(found("title ne \"a\"")).as("no value is not equal").hasSize(4);
    assertThat(found("not (title pr)")).containsExactly("User", "Group");
    assertThat(found("members[value eq \"" + id("bob") + "\"]")).containsExactly("Group");
    assertThat(found("emails[value eq \"b@x\"]")).containsExactly("User");
    assertThat(found("title eq null")).hasSize(2);
    assertThat(found("nowhere pr")).isNull();
  }

  @Test
  @DisplayName("RFC 7644 §3.4.2.1: the root is paged and sorted like one type")
  void theRootIsPagedAndSortedLikeOneType() {
    Scim.group("bats", id("bob"));
    Scim.group("ants");
    List<String> byIndex = new ArrayList<>();
    for (int start = 1; start <= 6; start += 2) {
      Scim.Reply page = Scim.get("?sortBy=displayName&count=2&startIndex=" + start);
      assertThat(page.at("/totalResults").asInt()).isEqualTo(6);
      byIndex.addAll(ids(page));
    }
    List<String> byCursor = new ArrayList<>();
    String cursor = "";
    do {
      Scim.Reply page =
          Scim.post(
              "/.search", "{'sortBy': 'displayName', 'count': 2, 'cursor': '" + cursor + "'}");
      byCursor.addAll(ids(page));
      cursor = page.text("/nextCursor");
    } while (!cursor.isEmpty());

    assertThat(byIndex).hasSize(6).doesNotHaveDuplicates().isEqualTo(byCursor);
    assertThat(Scim.get("?sortBy=displayName&count=1").text("/Resources/0/displayName"))
        .isEqualTo("ants");
    assertThat(Scim.get("?sortBy=meta.created&count=0").at("/totalResults").asInt()).isEqualTo(6);
    assertThat(types(Scim.get("?sortBy=meta.resourceType"))).startsWith("Group", "Group");
    BadInputIT.assertError(Scim.send("DELETE", "", null), 405);
  }

  @Test
  @DisplayName("RFC 9865 §4: ServiceProviderConfig tells how to page")
  void discoveryTellsHowToPage() {
    JsonNode pagination = Scim.get("/ServiceProviderConfig").at("/pagination");

    assertThat(pagination.get("cursor").asBoolean()).isTrue();
    assertThat(pagination.get("index").asBoolean()).isTrue();
    assertThat(pagination.get("defaultPaginationMethod").asText()).isEqualTo("index");
    assertThat(pagination.get("defaultPageSize").asInt()).isEqualTo(100);
    assertThat(pagination.get("maxPageSize").asInt()).isEqualTo(1_000);
    assertThat(pagination.get("cursorTimeout").asInt()).isEqualTo(3_600);
    assertThat(Scim.get("/ServiceProviderConfig").at("/sort/supported").asBoolean()).isTrue();
  }

  private static void assertScimType(Scim.Reply reply, String type) {
    BadInputIT.assertError(reply, 400);
    assertThat(reply.text("/scimType")).as(reply.http().uri().toString()).isEqualTo(type);
  }

  /** The types found from the root; null for an error. */
  private static List<String> found(String filter) {
    Scim.Reply reply = Scim.list("", filter);
    if (reply.status() != 200) {
      assertThat(reply.text("/scimType")).isEqualTo("invalidFilter");
      return null;
    }
    assertThat(reply.at("/totalResults").asInt()).isEqualTo(reply.at("/Resources").size());
    return types(reply);
  }

  private static List<String> types(Scim.Reply reply) {
    List<String> types = new ArrayList<>();
    reply.at("/Resources").forEach(each -> types.add(each.at("/meta/resourceType").asText()));
    return types;
  }

  private static List<String> ids(Scim.Reply reply) {
    List<String> ids = new ArrayList<>();
    reply.at("/Resources").forEach(each -> ids.add(each.get("id").asText()));
    return ids;
  }

  private static void user(String name, String more) {
    Scim.Reply reply = Scim.post("/Users", "{'userName': '" + name + "', " + more + "}");
    assertThat(reply.status()).isEqualTo(201);
  }

  private static String id(String userName) {
    return Scim.list("/Users", "userName eq \"" + userName + "\"").text("/Resources/0/id");
  }

  private static List<String> sorted(String by) {
    return names("/Users?sortBy=" + by, "userName");
  }

  private static List<String> names(String path, String attribute) {
    Scim.Reply reply = Scim.get(path);
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    return names(reply, attribute);
  }

  private static List<String> names(Scim.Reply reply, String attribute) {
    List<String> names = new ArrayList<>();
    for (JsonNode resource : reply.at("/Resources")) {
      names.add(resource.path(attribute).asText());
    }
    return names;
  }
}
