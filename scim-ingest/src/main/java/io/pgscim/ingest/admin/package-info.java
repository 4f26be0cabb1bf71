/** The admin API: clients and their secrets over HTTP, for administrators only. */
package io.pgscim.ingest.admin;
