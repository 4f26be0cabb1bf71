package io.pgscim.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.client.ScimService;
import com.unboundid.scim2.client.ScimServiceException;
import com.unboundid.scim2.client.requests.ListResponseBuilder;
import com.unboundid.scim2.common.BaseScimResource;
import com.unboundid.scim2.common.GenericScimResource;
import com.unboundid.scim2.common.bulk.BulkOperation;
import com.unboundid.scim2.common.bulk.BulkOperationResult;
import com.unboundid.scim2.common.bulk.BulkResponse;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.NotImplementedException;
import com.unboundid.scim2.common.exceptions.PreconditionFailedException;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.exceptions.UnauthorizedException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.ListResponse;
import com.unboundid.scim2.common.messages.PatchOperation;
import com.unboundid.scim2.common.messages.PatchRequest;
import com.unboundid.scim2.common.messages.SortOrder;
import com.unboundid.scim2.common.types.AttributeDefinition;
import com.unboundid.scim2.common.types.Email;
import com.unboundid.scim2.common.types.EnterpriseUserExtension;
import com.unboundid.scim2.common.types.GroupResource;
import com.unboundid.scim2.common.types.Member;
import com.unboundid.scim2.common.types.Name;
import com.unboundid.scim2.common.types.PhoneNumber;
import com.unboundid.scim2.common.types.ResourceTypeResource;
import com.unboundid.scim2.common.types.SchemaResource;
import com.unboundid.scim2.common.types.ServiceProviderConfigResource;
import com.unboundid.scim2.common.types.UserResource;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * UnboundID's SCIM client, written by others against the RFCs, does all that it can do, at whatever
 * source it is sent to.
 */
abstract class UnboundIdClient {
  private static final String USERS = "Users";
  private static final String GROUPS = "Groups";

  private static Client http;

  @BeforeAll
  static void open() {
    http = new ResteasyClientBuilderImpl().build();
  }

  @AfterAll
  static void close() {
    http.close();
  }

  @Test
  void discoversWhatTheServiceCanDo() throws ScimException {
    ScimService scim = service();

    ServiceProviderConfigResource config = config(scim);
    assertThat(config.getPatch().isSupported()).isTrue();
    assertThat(config.getBulk().isSupported()).isTrue();
    assertThat(config.getBulk().getMaxOperations()).isPositive();
    assertThat(config.getFilter().isSupported()).isTrue();
    assertThat(config.getSort().isSupported()).isTrue();
    assertThat(config.getEtag().isSupported()).isTrue();
    assertThat(config.getChangePassword().isSupported()).isFalse();
    assertThat(config.getPagination().supportsCursorPagination()).isTrue();
    assertThat(config.getPagination().supportsIndexPagination()).isTrue();
    assertThat(config.getPagination().getMaxPageSize())
        .isEqualTo(config.getFilter().getMaxResults());
    assertThat(config.getAuthenticationSchemes())
        .anySatisfy(scheme -> assertThat(scheme.getType()).isEqualTo("oauthbearertoken"));

    for (ResourceTypeResource type : scim.getResourceTypes()) {
      assertThat(scim.getResourceType(type.getName())).isEqualTo(type);
      SchemaResource schema = scim.getSchema(type.getSchema().toString());
      assertThat(schema.getAttributes()).as(type.getName()).isNotEmpty();
    }
    SchemaResource users = scim.getSchema(Scim.USER);
    assertThat(scim.getSchemas()).contains(users);
    assertThat(users.getAttributes())
        .filteredOn(attribute -> attribute.getName().equals("userName"))
        .singleElement()
        .satisfies(
            attribute -> {
              assertThat(attribute.isRequired()).isTrue();
              assertThat(attribute.isCaseExact()).isFalse();
              assertThat(attribute.getUniqueness())
                  .isEqualTo(AttributeDefinition.Uniqueness.SERVER);
            });
  }

  @Test
  void createsReadsReplacesAndDeletes() throws ScimException {
    ScimService scim = service();
    UserResource ada = user(Scim.name("ub-ada"));
    ada.setName(new Name().setGivenName("Ada").setFamilyName("Lovelace"));
    ada.setEmails(new Email().setType("work").setValue("ada@example.com").setPrimary(true));
    ada.setExternalId("00u1");
    ada.setExtension(new EnterpriseUserExtension().setDepartment("Engines"));

    UserResource created = scim.create(USERS, ada);
    assertThat(created.getId()).isNotBlank();
    assertThat(created.getMeta().getLocation())
        .hasToString(party().base() + "/Users/" + created.getId());
    assertThat(created.getMeta().getCreated()).isEqualTo(created.getMeta().getLastModified());
    assertThat(created.getExtension(EnterpriseUserExtension.class).getDepartment())
        .isEqualTo("Engines");
    assertThat(created.getEmails()).isEqualTo(ada.getEmails());

    assertThat(scim.retrieve(USERS, created.getId(), UserResource.class)).isEqualTo(created);
    assertThat(scim.retrieve(created.getMeta().getLocation(), UserResource.class))
        .isEqualTo(created);

    created.setNickName("Countess").setEmails(List.of());
    UserResource replaced = scim.replace(created);
    assertThat(replaced.getNickName()).isEqualTo("Countess");
    assertThat(replaced.getEmails()).isNullOrEmpty();
    assertThat(replaced.getMeta().getVersion()).isNotEqualTo(created.getMeta().getVersion());
    assertThat(scim.retrieve(replaced)).isEqualTo(replaced);

    scim.delete(replaced);
    refused(ResourceNotFoundException.class, 404, null, () -> scim.retrieve(replaced));
    refused(ResourceNotFoundException.class, 404, null, () -> scim.delete(USERS, replaced.getId()));
  }

  @Test
  void searchesWithFilterOrderAndPages() throws ScimException {
    ScimService scim = service();
    String stem = Scim.name("ub-search");
    for (String name : List.of("c", "a", "d", "b", "e")) {
      scim.create(USERS, user(stem + "-" + name).setActive(!name.equals("d")));
    }
    Filter ours = Filter.sw("userName", stem + "-");

    ListResponse<UserResource> second =
        scim.searchRequest(USERS)
            .filter(ours)
            .sort("userName", SortOrder.DESCENDING)
            .page(3, 2)
            .invoke(UserResource.class);
    assertThat(second.getTotalResults()).isEqualTo(5);
    assertThat(second.getStartIndex()).isEqualTo(3);
    assertThat(second.getItemsPerPage()).isEqualTo(2);
    assertThat(second)
        .extracting(UserResource::getUserName)
        .containsExactly(stem + "-c", stem + "-b");

    ListResponse<UserResource> posted =
        scim.searchRequest(USERS)
            .filter(Filter.and(ours, Filter.not(Filter.eq("active", true))))
            .sort("userName", SortOrder.ASCENDING)
            .page(1, 10)
            .invokePost(UserResource.class);
    assertThat(posted).extracting(UserResource::getUserName).containsExactly(stem + "-d");

    ListResponseBuilder<UserResource> streamed = new ListResponseBuilder<>();
    scim.searchRequest(USERS).filter(ours.toString()).invoke(streamed, UserResource.class);
    assertThat(streamed.build().getResources()).hasSize(5);

    assertThat(scim.search(USERS, "userName eq \"nobody-" + stem + "\"", UserResource.class))
        .isEmpty();
  }

  @Test
  void searchesOverAllTypes() throws ScimException {
    ScimService scim = service();
    String name = Scim.name("ub-any");
    scim.create(USERS, user(name).setDisplayName(name));
    scim.create(GROUPS, new GroupResource().setDisplayName(name));

    ListResponse<GenericScimResource> found =
        scim.searchRequest("")
            .filter(Filter.eq("displayName", name))
            .invokePost(GenericScimResource.class);

    assertThat(found)
        .extracting(resource -> resource.getMeta().getResourceType())
        .containsExactlyInAnyOrder("User", "Group");
  }

  @Test
  void showsTheAttributesAskedFor() throws ScimException {
    ScimService scim = service();
    String name = Scim.name("ub-shown");
    UserResource created =
        scim.createRequest(USERS, user(name).setTitle("Dr.").setNickName("n"))
            .attributes("title")
            .invoke();
    assertThat(created.getTitle()).isEqualTo("Dr.");
    assertThat(created.getNickName()).isNull();

    UserResource without =
        scim.retrieveRequest(USERS, created.getId())
            .excludedAttributes("title", "meta")
            .invoke(UserResource.class);
    assertThat(without.getTitle()).isNull();
    assertThat(without.getMeta()).isNull();
    assertThat(without.getNickName()).isEqualTo("n");

    ListResponse<UserResource> listed =
        scim.searchRequest(USERS)
            .filter(Filter.eq("userName", name))
            .attributes("nickName")
            .invokePost(UserResource.class);
    assertThat(listed)
        .singleElement()
        .satisfies(
            user -> {
              assertThat(user.getNickName()).isEqualTo("n");
              assertThat(user.getTitle()).isNull();
              assertThat(user.getId()).isEqualTo(created.getId());
            });
  }

  @Test
  void walksByCursor() throws ScimException {
    ScimService scim = service();
    String stem = Scim.name("ub-cursor");
    for (int i = 0; i < 5; i++) {
      scim.create(USERS, user(stem + "-" + i));
    }
    Filter ours = Filter.sw("userName", stem + "-");

    List<String> seen = new ArrayList<>();
    ListResponse<UserResource> page =
        scim.searchRequest(USERS)
            .filter(ours)
            .sort("userName", SortOrder.ASCENDING)
            .firstPageCursorWithCount(2)
            .invoke(UserResource.class);
    page.forEach(user -> seen.add(user.getUserName()));
    while (page.getNextCursor() != null) {
      page =
          scim.searchRequest(USERS)
              .filter(ours)
              .sort("userName", SortOrder.ASCENDING)
              .pageWithCursor(page.getNextCursor(), 2)
              .invokePost(UserResource.class);
      assertThat(page.getTotalResults()).isEqualTo(5);
      page.forEach(user -> seen.add(user.getUserName()));
    }
    assertThat(seen)
        .containsExactly(stem + "-0", stem + "-1", stem + "-2", stem + "-3", stem + "-4");

    refused(
        BadRequestException.class,
        400,
        "invalidCursor",
        () -> scim.searchRequest(USERS).pageWithCursor("made-up", 2).invoke(UserResource.class));
  }

  @Test
  void patchesWithEveryKindOfOperation() throws ScimException {
    ScimService scim = service();
    UserResource user =
        scim.create(
            USERS,
            user(Scim.name("ub-patch"))
                .setTitle("Dr.")
                .setEmails(
                    new Email().setType("work").setValue("w@example.com").setPrimary(true),
                    new Email().setType("home").setValue("h@example.com")));

    UserResource changed =
        scim.modifyRequest(USERS, user.getId())
            .addValues("phoneNumbers", new PhoneNumber().setType("work").setValue("1"))
            .replaceValue("displayName", "Ada")
            .replaceValue("name", new Name().setFamilyName("Lovelace"))
            .replaceValue("emails[type eq \"work\"].value", "work@example.com")
            .removeValues("emails[type eq \"home\"]")
            .removeValues("title")
            .addOperation(PatchOperation.replace("active", false))
            .addOperation(
                PatchOperation.add(
                    (JsonNode) JsonNodeFactory.instance.objectNode().put("nickName", "A")))
            .addOperation(
                PatchOperation.replace(
                    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
                    "Engines"))
            .invoke(UserResource.class);

    assertThat(changed.getPhoneNumbers()).extracting(PhoneNumber::getValue).containsExactly("1");
    assertThat(changed.getDisplayName()).isEqualTo("Ada");
    assertThat(changed.getName().getFamilyName()).isEqualTo("Lovelace");
    assertThat(changed.getEmails())
        .singleElement()
        .isEqualTo(new Email().setType("work").setValue("work@example.com").setPrimary(true));
    assertThat(changed.getTitle()).isNull();
    assertThat(changed.getActive()).isFalse();
    assertThat(changed.getNickName()).isEqualTo("A");
    assertThat(changed.getExtension(EnterpriseUserExtension.class).getDepartment())
        .isEqualTo("Engines");
    assertThat(scim.retrieve(USERS, user.getId(), UserResource.class)).isEqualTo(changed);

    ObjectNode several = JsonNodeFactory.instance.objectNode().put("title", "Prof.");
    UserResource again =
        scim.modify(
            USERS,
            user.getId(),
            new PatchRequest(
                PatchOperation.replace(several), PatchOperation.remove("phoneNumbers")),
            UserResource.class);
    assertThat(again.getTitle()).isEqualTo("Prof.");
    assertThat(again.getPhoneNumbers()).isNullOrEmpty();
  }

  @Test
  void changesWhoIsInAGroup() throws ScimException {
    ScimService scim = service();
    String ada = scim.create(USERS, user(Scim.name("ub-ada"))).getId();
    String bob = scim.create(USERS, user(Scim.name("ub-bob"))).getId();
    String eve = scim.create(USERS, user(Scim.name("ub-eve"))).getId();
    GroupResource group =
        scim.create(
            GROUPS,
            new GroupResource()
                .setDisplayName(Scim.name("ub-group"))
                .setMembers(new Member().setValue(ada)));
    assertThat(group.getMembers())
        .singleElement()
        .satisfies(
            member -> {
              assertThat(member.getType()).isEqualTo("User");
              assertThat(member.getRef()).hasToString(party().base() + "/Users/" + ada);
            });

    scim.modifyRequest(GROUPS, group.getId())
        .addValues("members", new Member().setValue(bob), new Member().setValue(eve))
        .removeValues("members[value eq \"" + ada + "\"]")
        .attributes("members")
        .invoke(GroupResource.class);
    assertThat(members(group.getId())).containsExactlyInAnyOrder(bob, eve);

    scim.modifyRequest(GROUPS, group.getId())
        .addOperation(
            PatchOperation.remove("members")
                .setRemoveOpValue(List.of(new Member().setValue(bob)), false))
        .attributes("members")
        .invoke(GroupResource.class);
    assertThat(members(group.getId())).containsExactly(eve);

    scim.modifyRequest(GROUPS, group.getId())
        .removeValues("members")
        .attributes("members")
        .invoke(GroupResource.class);
    assertThat(members(group.getId())).isEmpty();
  }

  /** In bulk, unlike alone, it leaves out the schemas of a PATCH (§3.5.2, §3.7). */
  @Test
  void sendsManyOperationsInOneRequest() throws ScimException {
    ScimService scim = service();
    boolean lenient = party() == Party.LENIENT;
    String name = Scim.name("ub-bulk");
    String present = scim.create(USERS, user(name + "-present")).getId();
    String leaving = scim.create(USERS, user(name + "-leaving")).getId();

    BulkResponse response =
        scim.bulkRequest()
            .append(
                BulkOperation.post(
                        "/Groups",
                        new GroupResource()
                            .setDisplayName(name)
                            .setMembers(new Member().setValue("bulkId:new")))
                    .setBulkId("group"),
                BulkOperation.post("/Users", user(name + "-new")).setBulkId("new"),
                BulkOperation.put("/Users/" + present, user(name + "-present").setTitle("Dr.")),
                BulkOperation.patch(
                    "/Users/" + present, PatchOperation.replace("nickName", "patched")),
                BulkOperation.delete("/Users/" + leaving),
                BulkOperation.delete("/Users/" + leaving))
            .invoke();

    assertThat(response.getOperations())
        .extracting(BulkOperationResult::getStatus)
        .containsExactly("201", "201", "200", lenient ? "200" : "400", "204", "404");
    assertThat(response.getOperations().get(5).isClientError()).isTrue();
    UserResource changed = scim.retrieve(USERS, present, UserResource.class);
    assertThat(changed.getTitle()).isEqualTo("Dr.");
    assertThat(changed.getNickName()).isEqualTo(lenient ? "patched" : null);
    String created = response.getOperations().get(1).getLocation();
    String group = response.getOperations().get(0).getLocation();
    assertThat(members(group.substring(group.lastIndexOf('/') + 1)))
        .containsExactly(created.substring(created.lastIndexOf('/') + 1));
  }

  @Test
  void makesRequestsThatDependOnTheVersion() throws ScimException {
    ScimService scim = service();
    UserResource first = scim.create(USERS, user(Scim.name("ub-version")));

    refused(
        ScimServiceException.class,
        304,
        null,
        () -> scim.retrieveRequest(first).ifNoneMatch().invoke());

    UserResource second = scim.modifyRequest(first).replaceValue("title", "Dr.").ifMatch().invoke();
    assertThat(second.getTitle()).isEqualTo("Dr.");
    assertThat(scim.retrieveRequest(first).ifNoneMatch().invoke()).isEqualTo(second);

    refused(
        PreconditionFailedException.class,
        412,
        null,
        () -> scim.replaceRequest(first).ifMatch().invoke());
    refused(
        PreconditionFailedException.class,
        412,
        null,
        () -> scim.modifyRequest(first).removeValues("title").ifMatch().invoke());
    refused(
        PreconditionFailedException.class,
        412,
        null,
        () ->
            scim.deleteRequest(USERS, first.getId())
                .ifMatch(first.getMeta().getVersion())
                .invoke());
    scim.deleteRequest(USERS, first.getId()).ifMatch(second.getMeta().getVersion()).invoke();
  }

  @Test
  void isSomebody() throws ScimException {
    UserResource ada = service().create(USERS, user(Scim.name("ub-me")));
    ScimService scim = service(party().standingFor(ada.getId()));

    assertThat(scim.retrieve(ScimService.ME_URI, UserResource.class)).isEqualTo(ada);
    UserResource changed =
        scim.modifyRequest(ScimService.ME_URI)
            .replaceValue("nickName", "me")
            .invoke(UserResource.class);
    assertThat(changed.getNickName()).isEqualTo("me");
    changed.setTitle("Dr.");
    assertThat(scim.replaceRequest(ScimService.ME_URI, changed).invoke().getTitle())
        .isEqualTo("Dr.");
    refused(
        NotImplementedException.class, 501, null, () -> scim.create("Me", user(Scim.name("ub"))));
    scim.delete(ScimService.ME_URI);
    refused(
        ResourceNotFoundException.class,
        404,
        null,
        () -> service().retrieve(USERS, ada.getId(), UserResource.class));
  }

  @Test
  void understandsWhatWentWrong() throws ScimException {
    ScimService scim = service();
    UserResource taken = scim.create(USERS, user(Scim.name("ub-taken")));

    refused(
        ResourceConflictException.class,
        409,
        "uniqueness",
        () -> scim.create(USERS, user(taken.getUserName())));
    refused(
        BadRequestException.class,
        400,
        "invalidFilter",
        () -> scim.search(USERS, "userName eq", UserResource.class));
    refused(
        BadRequestException.class,
        400,
        "invalidValue",
        () -> scim.create(USERS, new UserResource().setNickName("nameless")));
    refused(
        BadRequestException.class,
        400,
        "mutability",
        () -> scim.modifyRequest(taken).replaceValue("id", "mine").invoke());
    refused(
        BadRequestException.class,
        400,
        "invalidPath",
        () -> scim.modifyRequest(taken).replaceValue("nonsense", "x").invoke());
    refused(
        UnauthorizedException.class,
        401,
        null,
        () -> service("no-token-of-ours").retrieve(USERS, taken.getId(), UserResource.class));
  }

  /** It knows RFC 9865's additions to the configuration, and not yet those of RFC 9967. */
  private static ServiceProviderConfigResource config(ScimService scim) throws ScimException {
    BaseScimResource.IGNORE_UNKNOWN_FIELDS = true;
    try {
      return scim.getServiceProviderConfig();
    } finally {
      BaseScimResource.IGNORE_UNKNOWN_FIELDS = false;
    }
  }

  private static void refused(
      Class<? extends ScimException> kind, int status, String scimType, ThrowingCallable request) {
    ScimException refusal = catchThrowableOfType(kind, request);
    assertThat(refusal).as(kind.getSimpleName()).isNotNull();
    assertThat(refusal.getScimError().getStatus()).isEqualTo(status);
    assertThat(refusal.getScimError().getScimType()).isEqualTo(scimType);
  }

  private List<String> members(String group) throws ScimException {
    List<Member> members = service().retrieve(GROUPS, group, GroupResource.class).getMembers();
    return members == null ? List.of() : members.stream().map(Member::getValue).toList();
  }

  private static UserResource user(String name) {
    return new UserResource().setUserName(name).setActive(true);
  }

  /** The source that is spoken to. */
  abstract Party party();

  private ScimService service() {
    return service(party().token());
  }

  private ScimService service(String token) {
    ClientRequestFilter authorization =
        request -> request.getHeaders().putSingle("Authorization", "Bearer " + token);
    return new ScimService(http.target(party().base()).register(authorization));
  }
}
