/** What the log may say: that something happened, and a fixed set of facts about it. */
package io.pgscim.ingest.logging;
