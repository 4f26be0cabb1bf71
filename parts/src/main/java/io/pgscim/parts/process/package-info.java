/** Child processes that never outlive the process that owns them. */
package io.pgscim.parts.process;
