package io.pgscim.ingest;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Another's client at a source with the default settings. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class UnboundIdClientIT extends UnboundIdClient {
  @Override
  Party party() {
    return Party.LENIENT;
  }
}
