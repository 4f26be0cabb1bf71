/** A company that lives, and the identity provider that tells about it. */
package io.pgscim.chaos.traffic;
