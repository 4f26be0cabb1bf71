/** The only two ways in which text from outside becomes part of a statement. */
package io.pgscim.applier.sql;
