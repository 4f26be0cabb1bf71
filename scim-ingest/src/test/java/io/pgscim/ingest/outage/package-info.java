/** The promise that Kafka being away refuses no push and loses, repeats and reorders nothing. */
package io.pgscim.ingest.outage;
