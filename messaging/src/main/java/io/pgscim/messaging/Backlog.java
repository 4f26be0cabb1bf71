package io.pgscim.messaging;

import java.time.Duration;

/**
 * What waits in an outbox.
 *
 * @param rows how many events: exactly, up to 10,000; beyond, at most so many
 * @param oldest how long the oldest has waited; zero when there is none
 */
public record Backlog(long rows, Duration oldest) {}
