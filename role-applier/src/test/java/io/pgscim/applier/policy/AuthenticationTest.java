package io.pgscim.applier.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuthenticationTest {

  @Test
  void cloudSqlNamesItsRolesInItsOwnWay() {
    assertThat(Authentication.CLOUDSQL_IAM.roleName("Robot@shop.iam.gserviceaccount.com"))
        .isEqualTo("robot@shop.iam");
    assertThat(Authentication.CLOUDSQL_IAM.roleName("Ada@Example.com"))
        .isEqualTo("ada@example.com");
  }

  @Test
  void everybodyElseLeavesNamesAlone() {
    for (Authentication other : Authentication.values()) {
      if (other != Authentication.CLOUDSQL_IAM) {
        assertThat(other.roleName("Ada@Example.com")).isEqualTo("Ada@Example.com");
      }
    }
  }

  @Test
  void onlyRdsNeedsAMembership() {
    assertThat(Authentication.RDS_IAM.membership()).contains("rds_iam");
    assertThat(Authentication.OAUTH.membership()).isEmpty();
  }
}
