/** SCIM service provider: a push becomes directory rows and identity events. */
package io.pgscim.ingest;
