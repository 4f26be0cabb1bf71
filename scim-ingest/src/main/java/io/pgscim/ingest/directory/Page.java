package io.pgscim.ingest.directory;

import java.util.List;

/**
 * Some of the resources that a query finds, in the order in which they were created.
 *
 * @param total how many it finds altogether
 */
public record Page(List<Stored> resources, long total) {}
