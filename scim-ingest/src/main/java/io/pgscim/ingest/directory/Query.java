package io.pgscim.ingest.directory;

import io.pgscim.ingest.Source;
import io.pgscim.scim.filter.Condition;
import io.pgscim.scim.schema.ResourceType;

/**
 * Which resources of a type are wanted.
 *
 * @param condition null for all
 * @param skip how many of them come before the page
 * @param count how many the page holds at most; zero asks for the total only
 */
public record Query(
    Source source, ResourceType type, Condition condition, long skip, int count, Links links) {}
