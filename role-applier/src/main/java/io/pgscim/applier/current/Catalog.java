package io.pgscim.applier.current;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgscim.applier.cluster.Sql;
import io.pgscim.applier.cluster.Transaction;
import io.pgscim.applier.wanted.Person;
import io.pgscim.events.EventJson;
import io.pgscim.events.EventType;
import io.pgscim.events.MalformedEvent;
import io.pgscim.events.UserState;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Reads ledger and catalogs, for the users and roles asked for only. */
public final class Catalog {
  private static final String SITUATIONS = Sql.of(Catalog.class, "situations");
  private static final String SITUATIONS_OF_MANY = Sql.of(Catalog.class, "situations_of_many");

  /** From so many on, what is looked up for all of them together costs less. */
  private static final int MANY = 100;

  /** So many are read while the next ones are looked up. */
  private static final int PART = 2500;

  private static final String CANDIDATES = Sql.of(Catalog.class, "candidates");
  private static final String HOLDERS = Sql.of(Catalog.class, "holders");
  private static final String ACCESS = Sql.of(Catalog.class, "access");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Catalog() {}

  /** What is known of these users, in the order of their ids. */
  public static List<Situation> situations(Transaction transaction, Collection<String> userIds) {
    return situations(transaction.await(askSituations(transaction, userIds)));
  }

  /**
   * What is known of these users, some of them after the others: PostgreSQL looks the next ones up
   * while the reader works on these.
   */
  public static void readSituations(
      Transaction transaction, List<String> userIds, Consumer<List<Situation>> reader) {
    CompletableFuture<RowSet<Row>> asked = askSituations(transaction, part(userIds, 0));
    for (int next = PART; next < userIds.size(); next += PART) {
      CompletableFuture<RowSet<Row>> following = askSituations(transaction, part(userIds, next));
      reader.accept(situations(transaction.await(asked)));
      asked = following;
    }
    reader.accept(situations(transaction.await(asked)));
  }

  private static List<String> part(List<String> all, int from) {
    return all.subList(from, Math.min(from + PART, all.size()));
  }

  /**
   * Asks what is known of users, without waiting; {@link #situations(RowSet)} takes the answer.
   *
   * <p>PostgreSQL would plan the question once for all askings, as if each were about ten users.
   * For thousands that plan takes six times as long, so those are planned each time.
   */
  public static CompletableFuture<RowSet<Row>> askSituations(
      Transaction transaction, Collection<String> userIds) {
    Tuple users = Tuple.of(userIds.toArray(String[]::new));
    if (userIds.size() < MANY) {
      return transaction.query(SITUATIONS, users);
    }
    transaction.send("SET LOCAL plan_cache_mode = force_custom_plan");
    CompletableFuture<RowSet<Row>> rows = transaction.query(SITUATIONS_OF_MANY, users);
    transaction.send("SET LOCAL plan_cache_mode = DEFAULT");
    return rows;
  }

  /** What the answer says of each user, in the order of their ids. */
  public static List<Situation> situations(RowSet<Row> answer) {
    List<Situation> situations = new ArrayList<>(answer.size());
    answer.forEach(row -> situations.add(situation(row)));
    return situations;
  }

  /** Who has these names; a name that nobody has is not in it. */
  public static Map<String, NameHolder> holders(Transaction transaction, Collection<String> names) {
    Map<String, NameHolder> holders = new HashMap<>();
    for (Row row : transaction.ask(HOLDERS, (Object) names.toArray(String[]::new))) {
      String userId = row.getString("user_id");
      holders.put(
          row.getString("name"),
          row.getString("subject") == null
              ? new NameHolder.Unmanaged()
              : userId == null
                  ? new NameHolder.Access()
                  : new NameHolder.Person(userId, row.getBoolean("gone")));
    }
    return holders;
  }

  /**
   * The roles that have these names, and all that were created as access roles: those by the name
   * they were created with.
   */
  public static Map<String, CurrentAccess> access(
      Transaction transaction, Collection<String> names, String granter) {
    Map<String, CurrentAccess> roles = new LinkedHashMap<>();
    for (Row row : transaction.ask(ACCESS, names.toArray(String[]::new), granter)) {
      String accessRole = row.getString("access_role");
      roles.put(
          accessRole == null ? row.getString("name") : accessRole,
          new CurrentAccess(
              row.getString("name"),
              accessRole != null,
              row.getBoolean("retired"),
              row.getBoolean("can_login"),
              texts(row, "attributes"),
              row.getBoolean("grantable"),
              memberships(row),
              texts(row, "refusals"),
              Candidate.obstacle(row.getString("name"), row)));
    }
    return roles;
  }

  /**
   * The roles that are to become those of users who have none.
   *
   * @param roles the name of one by user id
   * @return by user id; where the role is gone, nothing
   */
  public static Map<String, Candidate> candidates(
      Transaction transaction, Map<String, String> roles) {
    Map<String, Candidate> candidates = new HashMap<>();
    List<String> users = List.copyOf(roles.keySet());
    for (Row row :
        transaction.ask(
            CANDIDATES,
            users.toArray(String[]::new),
            users.stream().map(roles::get).toArray(String[]::new))) {
      var role =
          new CurrentLogin(
              row.getString("user_id"),
              row.getString("name"),
              row.getBoolean("can_login"),
              row.getInteger("connection_limit"),
              texts(row, "attributes"),
              Map.of(),
              Set.of(),
              memberships(row));
      candidates.put(role.userId(), new Candidate(role, Candidate.obstacle(role.name(), row)));
    }
    return candidates;
  }

  private static Situation situation(Row row) {
    List<Person.Group> in = new ArrayList<>();
    List<Person.Group> left = new ArrayList<>();
    String[] ids = row.getArrayOfStrings("groups");
    if (ids != null) {
      String[] names = row.getArrayOfStrings("group_names");
      String[] externalIds = row.getArrayOfStrings("group_external_ids");
      Boolean[] present = row.getArrayOfBooleans("group_present");
      Long[] since = row.getArrayOfLongs("group_since");
      Long[] until = row.getArrayOfLongs("group_until");
      for (int i = 0; i < ids.length; i++) {
        (present[i] ? in : left)
            .add(
                new Person.Group(
                    ids[i],
                    names[i],
                    externalIds[i],
                    Instant.ofEpochMilli(since[i]),
                    until[i] == null ? null : Instant.ofEpochMilli(until[i])));
      }
    }
    return new Situation(
        row.getString("user_id"),
        Optional.ofNullable(row.getString("state")).map(state -> new Person(user(state), in)),
        left,
        Optional.ofNullable(row.getString("name")).map(name -> login(row)),
        texts(row, "refusals"));
  }

  private static CurrentLogin login(Row row) {
    Map<String, String> then = config(row, "config_then");
    Map<String, String> now = config(row, "config_now");
    Map<String, String> settings = new HashMap<>();
    List<String> everSet = new ArrayList<>();
    json(row.getString("settings"))
        .properties()
        .forEach(
            setting -> {
              String name = setting.getKey();
              everSet.add(name);
              if (then.containsKey(name) && then.get(name).equals(now.get(name))) {
                settings.put(name, setting.getValue().textValue());
              }
            });
    return new CurrentLogin(
        row.getString("user_id"),
        row.getString("name"),
        row.getBoolean("can_login"),
        row.getInteger("connection_limit"),
        texts(row, "attributes"),
        settings,
        Set.copyOf(everSet),
        memberships(row));
  }

  private static List<HeldMembership> memberships(Row row) {
    String[] roles = row.getArrayOfStrings("held");
    if (roles == null) {
      return List.of();
    }
    String[] grantors = row.getArrayOfStrings("held_from");
    Boolean[] managed = row.getArrayOfBooleans("held_managed");
    Boolean[] admin = row.getArrayOfBooleans("held_admin");
    Boolean[] inherit = row.getArrayOfBooleans("held_inherit");
    Boolean[] set = row.getArrayOfBooleans("held_set");
    List<HeldMembership> memberships = new ArrayList<>(roles.length);
    for (int i = 0; i < roles.length; i++) {
      memberships.add(
          new HeldMembership(roles[i], managed[i], grantors[i], admin[i], inherit[i], set[i]));
    }
    return memberships;
  }

  /**
   * {@code name=value} as {@code pg_roles.rolconfig} has it, or {@code name@database=value}; names
   * are compared ignoring case.
   */
  private static Map<String, String> config(Row row, String column) {
    Map<String, String> config = new HashMap<>();
    String[] entries = row.getArrayOfStrings(column);
    for (String entry : entries == null ? new String[0] : entries) {
      int equals = entry.indexOf('=');
      String name = entry.substring(0, equals);
      int at = name.indexOf('@');
      String parameter = at < 0 ? name : name.substring(0, at);
      config.put(
          parameter.toLowerCase(Locale.ROOT) + name.substring(parameter.length()),
          entry.substring(equals + 1));
    }
    return config;
  }

  private static Set<String> texts(Row row, String column) {
    String[] texts = row.getArrayOfStrings(column);
    return texts == null ? Set.of() : Set.of(texts);
  }

  private static JsonNode json(String text) {
    try {
      return text == null ? JSON.createArrayNode() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL made no JSON", e);
    }
  }

  private static UserState user(String state) {
    try {
      return (UserState) EventJson.read(EventType.USER, state.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedEvent e) {
      throw new IllegalStateException("the ledger holds a user it should never have taken in", e);
    }
  }
}
