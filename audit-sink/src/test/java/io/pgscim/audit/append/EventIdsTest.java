package io.pgscim.audit.append;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdsTest {

  @Test
  void holdsWhatASetWouldHold() {
    var random = new Random(1);
    var ids = new EventIds(20_000);
    var set = new HashSet<UUID>();
    for (int i = 0; i < 20_000; i++) {
      var id = new UUID(random.nextInt(200), random.nextInt(200) + 1);
      assertThat(ids.contains(id)).isEqualTo(set.contains(id));
      assertThat(ids.add(id)).isEqualTo(set.add(id));
      assertThat(ids.contains(id)).isTrue();
    }
  }
}
