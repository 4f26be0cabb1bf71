/** What is measured and traced of a request: numbers and spans, never people. */
package io.pgscim.ingest.observe;
