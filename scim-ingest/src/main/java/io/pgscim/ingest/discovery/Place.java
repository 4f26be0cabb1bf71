package io.pgscim.ingest.discovery;

import io.pgscim.scim.schema.ResourceType;

/**
 * Where resources are: {@code /Users} or {@code /Users/{id}}.
 *
 * @param id null for the endpoint of the type
 */
public record Place(ResourceType type, String id) {}
