package io.pgscim.ingest.directory;

import io.pgscim.ingest.Source;
import io.pgscim.scim.schema.ResourceType;
import java.util.UUID;

/** Which resource is meant; one of another source or type is not there. */
public record ResourceKey(Source source, ResourceType type, UUID id) {}
