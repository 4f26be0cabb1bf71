/** Others who sign that the log only ever grew, before a checkpoint is published. */
package io.pgscim.audit.witness;
