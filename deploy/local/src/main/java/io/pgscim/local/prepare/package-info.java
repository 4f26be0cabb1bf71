/**
 * What must be in the database server before the services start: roles, databases, the sample
 * application.
 */
package io.pgscim.local.prepare;
