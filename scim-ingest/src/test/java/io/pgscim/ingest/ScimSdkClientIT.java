package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import de.captaingoldfish.scim.sdk.client.ScimClientConfig;
import de.captaingoldfish.scim.sdk.client.ScimRequestBuilder;
import de.captaingoldfish.scim.sdk.client.builder.BulkBuilder;
import de.captaingoldfish.scim.sdk.client.builder.PatchBuilder;
import de.captaingoldfish.scim.sdk.client.builder.RequestBuilder;
import de.captaingoldfish.scim.sdk.client.builder.config.MetaConfigRequestDetails;
import de.captaingoldfish.scim.sdk.client.resources.MetaConfiguration;
import de.captaingoldfish.scim.sdk.client.resources.ResourceType;
import de.captaingoldfish.scim.sdk.client.response.ServerResponse;
import de.captaingoldfish.scim.sdk.common.constants.EndpointPaths;
import de.captaingoldfish.scim.sdk.common.constants.SchemaUris;
import de.captaingoldfish.scim.sdk.common.constants.enums.Comparator;
import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.constants.enums.Mutability;
import de.captaingoldfish.scim.sdk.common.constants.enums.PatchOp;
import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.etag.ETag;
import de.captaingoldfish.scim.sdk.common.resources.EnterpriseUser;
import de.captaingoldfish.scim.sdk.common.resources.Group;
import de.captaingoldfish.scim.sdk.common.resources.ServiceProvider;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.resources.base.ScimObjectNode;
import de.captaingoldfish.scim.sdk.common.resources.complex.Name;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Email;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Member;
import de.captaingoldfish.scim.sdk.common.response.BulkResponse;
import de.captaingoldfish.scim.sdk.common.response.BulkResponseOperation;
import de.captaingoldfish.scim.sdk.common.response.ListResponse;
import de.captaingoldfish.scim.sdk.common.schemas.Schema;
import de.captaingoldfish.scim.sdk.common.utils.JsonHelper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** SCIM-SDK's client, written by others against the RFCs, does all that it can do. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class ScimSdkClientIT {
  private static final String USERS = EndpointPaths.USERS;
  private static final String GROUPS = EndpointPaths.GROUPS;

  @Test
  void discoversWhatTheServiceCanDo() {
    try (ScimRequestBuilder scim = client()) {
      ServiceProvider provider = scim.loadServiceProviderConfiguration();
      assertThat(provider.getPatchConfig().isSupported()).isTrue();
      assertThat(provider.getBulkConfig().isSupported()).isTrue();
      assertThat(provider.getBulkConfig().getMaxOperations()).isPositive();
      assertThat(provider.getFilterConfig().isSupported()).isTrue();
      assertThat(provider.getSortConfig().isSupported()).isTrue();
      assertThat(provider.getETagConfig().isSupported()).isTrue();
      assertThat(provider.getChangePasswordConfig().isSupported()).isFalse();
      assertThat(provider.getAuthenticationSchemes()).isNotEmpty();

      MetaConfiguration all =
          done(scim.loadMetaConfiguration(MetaConfigRequestDetails.builder().build()), 200);
      assertThat(all.getResourceTypes())
          .extracting(ResourceType::getName)
          .contains("User", "Group");
      for (ResourceType type : all.getResourceTypes()) {
        assertThat(all.getSchemas())
            .extracting(Schema::getNonNullId)
            .as(type.getName())
            .contains(type.getSchema());
      }
    }
  }

  /** The library reads a schema attribute by attribute and refuses what makes no sense to it. */
  @Test
  void acceptsEverySchema() {
    try (ScimRequestBuilder scim = client()) {
      String list =
          scim.list(Schema.class, EndpointPaths.SCHEMAS).get().sendRequest().getResponseBody();
      Map<String, Schema> schemas = new HashMap<>();
      for (JsonNode json : JsonHelper.readJsonDocument(list).get("Resources")) {
        Schema schema = new Schema(json);
        schemas.put(schema.getNonNullId(), schema);
      }

      assertThat(schemas).containsKeys(SchemaUris.USER_URI, SchemaUris.ENTERPRISE_USER_URI);
      assertThat(schemas.values())
          .allSatisfy(schema -> assertThat(schema.getAttributes()).isNotEmpty());
      Schema groups = schemas.get(SchemaUris.GROUP_URI);
      assertThat(groups.getSchemaAttribute("members.value").getMutability())
          .isEqualTo(Mutability.IMMUTABLE);
      assertThat(groups.getSchemaAttribute("members.display").getMutability())
          .isEqualTo(Mutability.READ_ONLY);
    }
  }

  @Test
  void createsReadsReplacesAndDeletes() {
    try (ScimRequestBuilder scim = client()) {
      String name = Scim.name("sdk-ada");
      User ada =
          user(name)
              .name(Name.builder().givenName("Ada").familyName("Lovelace").build())
              .emails(
                  List.of(
                      Email.builder().type("work").value("ada@example.com").primary(true).build()))
              .externalId("00u1")
              .enterpriseUser(EnterpriseUser.builder().department("Engines").build())
              .build();

      User created = done(scim.create(User.class, USERS).setResource(ada), 201);
      String id = created.getId().orElseThrow();
      assertThat(created.getMeta().orElseThrow().getLocation())
          .contains(Scim.base() + "/Users/" + id);
      assertThat(created.getEmails().get(0).getValue()).contains("ada@example.com");
      assertThat(created.getEnterpriseUser().orElseThrow().getDepartment()).contains("Engines");

      User read = done(scim.get(User.class, USERS, id), 200);
      assertThat(read).isEqualTo(created);

      read.setNickName("Countess");
      read.setEmails(List.of());
      User replaced = done(scim.update(User.class, USERS, id).setResource(read), 200);
      assertThat(replaced.getNickName()).contains("Countess");
      assertThat(replaced.getEmails()).isEmpty();
      assertThat(replaced.getName().orElseThrow().getFamilyName()).contains("Lovelace");

      done(scim.delete(User.class, USERS, id), 204);
      refused(scim.get(User.class, USERS, id).sendRequest(), 404, null);
      refused(scim.delete(User.class, USERS, id).sendRequest(), 404, null);
    }
  }

  @Test
  void searchesWithFilterOrderAndPages() {
    try (ScimRequestBuilder scim = client()) {
      String stem = Scim.name("sdk-search");
      for (String name : List.of("c", "a", "d", "b", "e")) {
        done(
            scim.create(User.class, USERS)
                .setResource(user(stem + "-" + name).title(name.toUpperCase(Locale.ROOT)).build()),
            201);
      }

      ListResponse<User> page =
          done(
              scim.list(User.class, USERS)
                  .filter("userName", Comparator.SW, stem + "-")
                  .build()
                  .sortBy("userName")
                  .sortOrder(SortOrder.DESCENDING)
                  .startIndex(3)
                  .count(2)
                  .attributes("userName")
                  .get(),
              200);
      assertThat(page.getTotalResults()).isEqualTo(5);
      assertThat(page.getStartIndex()).isEqualTo(3);
      assertThat(page.getItemsPerPage()).isEqualTo(2);
      assertThat(page.getListedResources())
          .extracting(user -> user.getUserName().orElseThrow())
          .containsExactly(stem + "-c", stem + "-b");
      assertThat(page.getListedResources())
          .allSatisfy(user -> assertThat(user.getTitle()).isEmpty());

      ListResponse<User> posted =
          done(
              scim.list(User.class, USERS)
                  .filter("userName", Comparator.SW, stem + "-")
                  .and(true, "title", Comparator.EQ, "a")
                  .or("title", Comparator.EQ, "E", true)
                  .build()
                  .sortBy("title")
                  .excludedAttributes("userName", "meta")
                  .post(),
              200);
      assertThat(posted.getListedResources())
          .extracting(user -> user.getTitle().orElseThrow())
          .containsExactly("A", "E");
      assertThat(posted.getListedResources())
          .allSatisfy(user -> assertThat(user.getMeta()).isEmpty());

      ListResponse<User> walked =
          scim.list(User.class, USERS)
              .filter("userName sw \"" + stem + "-\"")
              .count(5)
              .get()
              .getAll()
              .getResource();
      assertThat(walked.getListedResources()).hasSize(5);
    }
  }

  @Test
  void patchesWithEveryKindOfOperation() {
    try (ScimRequestBuilder scim = client()) {
      User user =
          done(
              scim.create(User.class, USERS)
                  .setResource(
                      user(Scim.name("sdk-patch"))
                          .title("Dr.")
                          .emails(
                              List.of(
                                  Email.builder().type("work").value("w@example.com").build(),
                                  Email.builder().type("home").value("h@example.com").build()))
                          .build()),
              201);
      String id = user.getId().orElseThrow();

      User patched =
          done(
              scim.patch(User.class, USERS, id)
                  .addOperation()
                  .op(PatchOp.ADD)
                  .path("emails")
                  .valueNode(Email.builder().type("other").value("o@example.com").build())
                  .next()
                  .op(PatchOp.ADD)
                  .valueNode(JsonNodeFactory.instance.objectNode().put("nickName", "A"))
                  .next()
                  .op(PatchOp.REPLACE)
                  .path("emails[type eq \"work\"].value")
                  .value("work@example.com")
                  .next()
                  .op(PatchOp.REPLACE)
                  .path("name")
                  .valueNode(Name.builder().familyName("Lovelace").build())
                  .next()
                  .op(PatchOp.REPLACE)
                  .path("active")
                  .value("false")
                  .next()
                  .op(PatchOp.REMOVE)
                  .path("emails[type eq \"home\"]")
                  .next()
                  .op(PatchOp.REMOVE)
                  .path("title")
                  .build(),
              200);

      assertThat(patched.getEmails())
          .extracting(email -> email.getValue().orElseThrow())
          .containsExactlyInAnyOrder("work@example.com", "o@example.com");
      assertThat(patched.getNickName()).contains("A");
      assertThat(patched.getName().orElseThrow().getFamilyName()).contains("Lovelace");
      assertThat(patched.isActive()).contains(false);
      assertThat(patched.getTitle()).isEmpty();
    }
  }

  @Test
  void changesWhoIsInAGroup() {
    try (ScimRequestBuilder scim = client()) {
      String ada = created(scim, Scim.name("sdk-ada"));
      String bob = created(scim, Scim.name("sdk-bob"));
      Group group =
          done(
              scim.create(Group.class, GROUPS)
                  .setResource(
                      Group.builder()
                          .displayName(Scim.name("sdk-group"))
                          .members(List.of(Member.builder().value(ada).build()))
                          .build()),
              201);
      String id = group.getId().orElseThrow();
      assertThat(group.getMembers().get(0).getType()).contains("User");

      PatchBuilder<Group> swap =
          scim.patch(Group.class, GROUPS, id)
              .addOperation()
              .op(PatchOp.ADD)
              .path("members")
              .valueNode(Member.builder().value(bob).build())
              .next()
              .op(PatchOp.REMOVE)
              .path("members[value eq \"" + ada + "\"]")
              .build();
      // A 204 carries nothing, and so no Content-Type either.
      done(swap.setExpectedResponseHeaders(Map.of()), 204);
      assertThat(members(scim, id)).containsExactly(bob);

      done(
          scim.update(Group.class, GROUPS, id)
              .setResource(
                  Group.builder()
                      .displayName(group.getDisplayName().orElseThrow())
                      .members(
                          List.of(
                              Member.builder().value(ada).build(),
                              Member.builder().value(bob).build()))
                      .build()),
          200);
      assertThat(members(scim, id)).containsExactlyInAnyOrder(ada, bob);
    }
  }

  @Test
  void sendsManyOperationsInOneRequest() {
    try (ScimRequestBuilder scim = client()) {
      String name = Scim.name("sdk-bulk");
      String present = created(scim, name + "-present");
      String leaving = created(scim, name + "-leaving");
      BulkBuilder bulk = scim.bulk();
      bulk.bulkRequestOperation(GROUPS)
          .method(HttpMethod.POST)
          .bulkId("group")
          .data(
              Group.builder()
                  .displayName(name)
                  .members(List.of(Member.builder().value("bulkId:new").build()))
                  .build())
          .next();
      bulk.bulkRequestOperation(USERS)
          .method(HttpMethod.POST)
          .bulkId("new")
          .data(user(name + "-new").build())
          .next();
      bulk.bulkRequestOperation(USERS, present)
          .method(HttpMethod.PUT)
          .data(user(name + "-present").title("Dr.").build())
          .next();
      bulk.bulkRequestOperation(USERS, leaving).method(HttpMethod.DELETE).next();
      bulk.bulkRequestOperation(USERS, leaving).method(HttpMethod.DELETE).next();

      BulkResponse response = done(bulk, 200);

      assertThat(response.getBulkResponseOperations())
          .extracting(BulkResponseOperation::getStatus)
          .containsExactly(201, 201, 200, 204, 404);
      assertThat(response.getFailedOperations()).hasSize(1);
      String group = last(response.getByBulkId("group").orElseThrow());
      String fresh = last(response.getByBulkId("new").orElseThrow());
      assertThat(members(scim, group)).containsExactly(fresh);
    }
  }

  @Test
  void makesRequestsThatDependOnTheVersion() {
    try (ScimRequestBuilder scim = client()) {
      String name = Scim.name("sdk-version");
      User first = done(scim.create(User.class, USERS).setResource(user(name).build()), 201);
      String id = first.getId().orElseThrow();
      ETag version = first.getMeta().orElseThrow().getVersion().orElseThrow();

      ServerResponse<User> known =
          scim.get(User.class, USERS, id).setETagForIfNoneMatch(version).sendRequest();
      assertThat(known.getHttpStatus()).isEqualTo(304);

      User changed = user(name).title("Dr.").build();
      User second =
          done(
              scim.update(User.class, USERS, id).setResource(changed).setETagForIfMatch(version),
              200);
      refused(
          scim.update(User.class, USERS, id)
              .setResource(changed)
              .setETagForIfMatch(version)
              .sendRequest(),
          412,
          null);
      refused(
          scim.delete(User.class, USERS, id).setETagForIfMatch(version).sendRequest(), 412, null);
      done(
          scim.delete(User.class, USERS, id)
              .setETagForIfMatch(second.getMeta().orElseThrow().getVersion().orElseThrow()),
          204);
    }
  }

  @Test
  void isSomebody() {
    try (ScimRequestBuilder scim = client()) {
      String name = Scim.name("sdk-me");
      String id = created(scim, name);
      try (ScimRequestBuilder own = client(Party.LENIENT.standingFor(id))) {
        assertThat(done(own.get(User.class, EndpointPaths.ME), 200).getId()).contains(id);
        User changed =
            done(
                own.update(User.class, EndpointPaths.ME)
                    .setResource(user(name).nickName("me").build()),
                200);
        assertThat(changed.getNickName()).contains("me");
        done(own.delete(User.class, EndpointPaths.ME), 204);
      }
      refused(scim.get(User.class, USERS, id).sendRequest(), 404, null);
    }
  }

  @Test
  void understandsWhatWentWrong() {
    try (ScimRequestBuilder scim = client();
        ScimRequestBuilder stranger = client("no-token-of-ours")) {
      String name = Scim.name("sdk-taken");
      String id = created(scim, name);

      refused(
          scim.create(User.class, USERS).setResource(user(name).build()).sendRequest(),
          409,
          "uniqueness");
      refused(
          scim.list(User.class, USERS).filter("userName eq").get().sendRequest(),
          400,
          "invalidFilter");
      refused(
          scim.create(User.class, USERS).setResource(User.builder().build()).sendRequest(),
          400,
          "invalidValue");
      refused(
          scim.patch(User.class, USERS, id)
              .addOperation()
              .op(PatchOp.REPLACE)
              .path("id")
              .value("mine")
              .build()
              .sendRequest(),
          400,
          "mutability");
      refused(stranger.get(User.class, USERS, id).sendRequest(), 401, null);
    }
  }

  private static <T extends ScimObjectNode> T done(RequestBuilder<T> request, int status) {
    ServerResponse<T> response = request.sendRequest();
    assertThat(response.getHttpStatus()).as(response.getResponseBody()).isEqualTo(status);
    assertThat(response.isSuccess()).as(response.getResponseBody()).isTrue();
    return response.getResource();
  }

  private static void refused(ServerResponse<?> response, int status, String scimType) {
    assertThat(response.getHttpStatus()).isEqualTo(status);
    assertThat(response.isSuccess()).isFalse();
    assertThat(response.getErrorResponse().getStatus()).isEqualTo(status);
    assertThat(response.getErrorResponse().getDetail()).isNotEmpty();
    assertThat(response.getErrorResponse().getScimType().orElse(null)).isEqualTo(scimType);
  }

  private static String created(ScimRequestBuilder scim, String name) {
    User user = done(scim.create(User.class, USERS).setResource(user(name).build()), 201);
    return user.getId().orElseThrow();
  }

  private static List<String> members(ScimRequestBuilder scim, String group) {
    Group found = done(scim.get(Group.class, GROUPS, group), 200);
    return found.getMembers().stream().map(member -> member.getValue().orElseThrow()).toList();
  }

  private static String last(BulkResponseOperation operation) {
    String location = operation.getLocation().orElseThrow();
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private static User.UserBuilder user(String name) {
    return User.builder().userName(name).active(true);
  }

  private static ScimRequestBuilder client() {
    return client(RealSurroundings.TOKEN);
  }

  private static ScimRequestBuilder client(String token) {
    return new ScimRequestBuilder(
        Scim.base(),
        ScimClientConfig.builder().httpHeaders(Map.of("Authorization", "Bearer " + token)).build());
  }
}
