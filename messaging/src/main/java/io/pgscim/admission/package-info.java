/** Who may ask a service something over HTTP. */
package io.pgscim.admission;
