/** The promises, tested over the real services as processes, a real broker and a real database. */
package io.pgscim.endtoend;
