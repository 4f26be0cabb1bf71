/**
 * What is personal of a person, beside the log and under that person's own key: whoever loses the
 * key is forgotten, and the log stays as it is.
 */
package io.pgscim.audit.people;
