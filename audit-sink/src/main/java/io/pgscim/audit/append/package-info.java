/** Makes entries durable, each exactly once, in one order that never changes. */
package io.pgscim.audit.append;
