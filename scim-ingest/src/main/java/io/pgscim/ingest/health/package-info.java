/** Whether pushes can be taken, and how far publishing is behind. */
package io.pgscim.ingest.health;
