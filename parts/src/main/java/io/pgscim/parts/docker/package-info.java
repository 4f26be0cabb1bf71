/** The broker and the database as containers, where a Docker engine answers. */
package io.pgscim.parts.docker;
