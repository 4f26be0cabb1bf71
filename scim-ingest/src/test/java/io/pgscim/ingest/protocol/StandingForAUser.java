package io.pgscim.ingest.protocol;

import io.pgscim.ingest.Source;
import io.pgscim.ingest.access.Outcome;
import io.pgscim.scim.resource.Tolerance;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;

/**
 * A second way to the same resources, for tests only: whoever comes this way stands for the user
 * that a header names.
 */
@ApplicationScoped
class StandingForAUser {
  private static final Source SAME =
      new Source(Source.DEFAULT.name(), "/standing", Tolerance.LENIENT);

  private final ScimRoutes routes;

  StandingForAUser(ScimRoutes routes) {
    this.routes = routes;
  }

  void mount(@Observes Router router) {
    router.route("/standing/*").order(-2_000).handler(this::handle);
  }

  private void handle(RoutingContext context) {
    Exchange exchange = new Exchange(SAME, context);
    String user = context.request().getHeader("Stands-For");
    Outcome.Admitted client =
        new Outcome.Admitted("default/someone", UUID.fromString(user), further -> {});
    routes.dispatch(exchange, exchange.call(client, null), context);
  }
}
