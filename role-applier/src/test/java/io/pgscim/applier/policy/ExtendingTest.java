package io.pgscim.applier.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgscim.applier.policy.PolicyReading.Invalid;
import io.pgscim.applier.policy.PolicyReading.Valid;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExtendingTest {
  private final Map<String, String> files =
      new HashMap<>(
          Map.of(
              "../base.yaml",
              """
              variables: { env: none, database: app }
              cluster: ${env}
              databases: ['${database}']
              login_roles:
                name: '{userName}'
                settings: { statement_timeout: 5min, work_mem: 64MB }
                connection_limit: 4
              access_roles:
                ${env}_read:
                  grants: [{ database: '${database}', privileges: [CONNECT] }]
              rules:
                - { group: 'pg-${env}', gives: ['${env}_read'] }
              """,
              "policy.yaml",
              """
              extends: ../base.yaml
              variables: { env: staging }
              login_roles:
                settings: { work_mem: 8MB }
                connection_limit:
              access_roles:
                more: { grants: [] }
              """));

  @Test
  void mapsMergeListsReplaceAndEmptyKeysTakeAway() {
    Policy policy = valid().policy();

    assertThat(policy.cluster()).isEqualTo("staging");
    assertThat(policy.databases()).containsExactly("app");
    assertThat(policy.accessRoles()).containsOnlyKeys("staging_read", "more");
    assertThat(policy.loginRoles().look().settings())
        .isEqualTo(Map.of("statement_timeout", "5min", "work_mem", "8MB"));
    assertThat(policy.loginRoles().look().connectionLimit()).isEqualTo(-1);
    assertThat(policy.rules().getFirst().group()).contains(GroupMatch.named("pg-staging"));

    files.merge("policy.yaml", "rules: [{ group: x, gives: [more] }]\n", String::concat);
    assertThat(valid().policy().rules())
        .singleElement()
        .satisfies(rule -> assertThat(rule.gives()).containsExactly("more"));
  }

  @Test
  void whatIsRememberedStandsAlone() {
    Valid valid = valid();

    PolicyReading again = PolicyFile.read("remembered", valid.bytes());

    assertThat(again).isInstanceOf(Valid.class);
    assertThat(((Valid) again).policy()).hasToString(valid.policy().toString());
  }

  @Test
  void anotherBaseIsAnotherPolicy() {
    String before = valid().digest();
    files.merge("../base.yaml", "# looked at\n", String::concat);

    assertThat(valid().digest()).isNotEqualTo(before);
  }

  @Test
  void problemsNameTheFileInWhichTheTextStands() {
    files.computeIfPresent(
        "../base.yaml", (name, text) -> text.replace("group: 'pg-${env}'", "group: '${evn}'"));
    files.merge("policy.yaml", "shoes: 3\n", String::concat);

    assertThat(problems())
        .containsExactly(
            "../base.yaml:12: ${evn} is not one of this policy's variables, database, env; add it"
                + " under variables: at the top",
            "policy.yaml:8: 'shoes' is not known in the policy; known are access_roles, cluster,"
                + " databases, extends, limits, login_roles, mode, owners, public, rules, sensitive,"
                + " variables");
  }

  @Test
  void refusesCirclesChainsAndWhatIsNotThere() {
    files.put("../base.yaml", "extends: here/policy.yaml\n");
    files.put("../here/policy.yaml", "extends: ../base.yaml\n");
    assertThat(problems())
        .containsExactly(
            "../here/policy.yaml:1: a file extends itself: policy.yaml, ../base.yaml,"
                + " ../here/policy.yaml, ../base.yaml");

    files.put("policy.yaml", "extends: /etc/passwd\n");
    assertThat(problems())
        .contains("policy.yaml:1: extends: is the path of one file, relative to this one");

    files.put("policy.yaml", "cluster: x\nextends: nowhere.yaml\n");
    assertThat(problems())
        .contains("policy.yaml:2: nowhere.yaml cannot be read: NoSuchFileException nowhere.yaml");

    for (int i = 0; i < 9; i++) {
      files.put(i == 0 ? "policy.yaml" : i + ".yaml", "extends: " + (i + 1) + ".yaml\n");
    }
    assertThat(problems()).contains("4.yaml:1: more than 5 files extend one another");
  }

  @Test
  void dollarsCanBeWritten() {
    files.computeIfPresent(
        "policy.yaml", (name, text) -> text.replace("work_mem: 8MB", "app.x: '$${env} $5 {a}'"));

    assertThat(valid().policy().loginRoles().look().settings())
        .containsEntry("app.x", "${env} $5 {a}");
  }

  @Test
  void variablesAreTextsWithoutVariables() {
    files.merge("policy.yaml", "databases: []\n", String::concat);
    files.computeIfPresent(
        "policy.yaml",
        (name, text) -> text.replace("env: staging", "env: 'a${database}', b-c: x, d: [1]"));

    assertThat(problems())
        .contains(
            "policy.yaml:2: a variable's value is text of at most 1000 characters, without"
                + " variables in it",
            "policy.yaml:2: b-c is no name of a variable: letters, digits and _",
            "policy.yaml:2: 'd' must be text that is not empty");
  }

  private PolicyReading read() {
    return PolicyFile.read("policy.yaml", bytes("policy.yaml"), this::open);
  }

  private Valid valid() {
    PolicyReading reading = read();
    assertThat(reading).isInstanceOf(Valid.class);
    return (Valid) reading;
  }

  private List<String> problems() {
    PolicyReading reading = read();
    assertThat(reading).isInstanceOf(Invalid.class);
    return ((Invalid) reading).problems();
  }

  private byte[] open(String name) throws NoSuchFileException {
    if (!files.containsKey(name)) {
      throw new NoSuchFileException(name);
    }
    return bytes(name);
  }

  private byte[] bytes(String name) {
    return files.get(name).getBytes(StandardCharsets.UTF_8);
  }
}
