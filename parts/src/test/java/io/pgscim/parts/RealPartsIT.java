package io.pgscim.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class RealPartsIT {

  @Test
  void sharesOneDatabaseThatAnswers() throws Exception {
    Database database = RealParts.database();

    try (Connection connection =
        DriverManager.getConnection("jdbc:" + database.url("postgres"), database.superuser(), "")) {
      assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(18);
    }
    assertThat(RealParts.database()).isSameAs(database);
  }

  @Test
  void sharesOneBrokerThatAnswers() throws Exception {
    Broker broker = RealParts.broker();

    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS)).isEmpty();
    }
    assertThat(RealParts.broker()).isSameAs(broker);
  }
}
