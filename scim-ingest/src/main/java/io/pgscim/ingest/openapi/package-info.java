/** The OpenAPI document: beside the admin API, what is served without Quarkus REST. */
package io.pgscim.ingest.openapi;
