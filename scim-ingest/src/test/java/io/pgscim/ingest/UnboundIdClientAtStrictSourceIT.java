package io.pgscim.ingest;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Strictness refuses nothing of a client that follows the RFCs. */
@QuarkusTest
@QuarkusTestResource(RealSurroundings.class)
class UnboundIdClientAtStrictSourceIT extends UnboundIdClient {
  @Override
  Party party() {
    return Party.STRICT;
  }
}
