package io.pgscim.ingest.admin;

import io.pgscim.ingest.IngestConfig.SourceConfig;
import io.pgscim.ingest.Source;
import io.pgscim.ingest.access.Sources;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Locale;

/** The sources, as they are configured. */
@Path("/admin/sources")
public class SourcesResource {
  private final Sources sources;

  SourcesResource(Sources sources) {
    this.sources = sources;
  }

  /**
   * A source.
   *
   * @param path where it is served
   * @param networks that its clients may use; empty for all
   * @param rateLimit requests per second and client
   */
  public record SourceView(
      String name,
      String path,
      String tolerance,
      List<String> networks,
      int rateLimit,
      int rateBurst) {}

  /** All sources. */
  @GET
  public List<SourceView> list() {
    return sources.all().stream().map(this::view).toList();
  }

  private SourceView view(Source source) {
    SourceConfig config = sources.config(source);
    return new SourceView(
        source.name(),
        source.path(),
        source.tolerance().name().toLowerCase(Locale.ROOT),
        config.networks().orElse(List.of()),
        config.rateLimit(),
        config.rateBurst());
  }
}
