/** The broker and the database as child processes, from Maven artefacts alone. */
package io.pgscim.parts.embedded;
