/** What networks do to connections, done on purpose. */
package io.pgscim.parts.network;
