/** Tells the world the latest checkpoint, so that many hold old ones. */
package io.pgscim.audit.announce;
