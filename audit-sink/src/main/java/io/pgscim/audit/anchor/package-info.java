/** The second place: a signed checkpoint is swapped in there before anyone sees it. */
package io.pgscim.audit.anchor;
