package io.pgscim.audit.people;

import java.util.UUID;

/**
 * By what a person is known.
 *
 * @param event the event that said so
 * @param json the attributes, canonical JSON
 */
public record Known(UUID event, String json) {}
