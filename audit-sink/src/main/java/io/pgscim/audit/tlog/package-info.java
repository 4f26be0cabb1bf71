/**
 * Transparency log formats: RFC 6962 hashing, C2SP tlog-tiles, checkpoints and signed notes. Pure.
 */
package io.pgscim.audit.tlog;
