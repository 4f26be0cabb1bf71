package io.pgscim.ingest.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BucketTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void letsABurstThroughAndThenThePace() {
    Bucket bucket = new Bucket(10, 20, 0);

    assertThat(taken(bucket, 100, 0)).isEqualTo(20);
    assertThat(taken(bucket, 100, SECOND)).isEqualTo(10);
    assertThat(taken(bucket, 100, 100 * SECOND)).as("never more than the burst").isEqualTo(20);
  }

  @Test
  void aSteadyHundredASecondIsNeverTroubled() {
    Bucket bucket = new Bucket(500, 1_000, 0);

    for (int i = 0; i < 10_000; i++) {
      assertThat(bucket.take(i * SECOND / 100)).isZero();
    }
  }

  @Test
  void saysWhenToComeBack() {
    Bucket bucket = new Bucket(1, 1, 0);
    bucket.take(0);
    bucket.charge(9, 0);

    int wait = bucket.take(0);

    assertThat(wait).isEqualTo(10);
    assertThat(bucket.take(9 * SECOND)).isPositive();
    assertThat(bucket.take(10 * SECOND)).isZero();
  }

  private static int taken(Bucket bucket, int attempts, long now) {
    int taken = 0;
    for (int i = 0; i < attempts; i++) {
      taken += bucket.take(now) == 0 ? 1 : 0;
    }
    return taken;
  }
}
