/**
 * Everything on one machine: broker, database server, sample application and the three services.
 */
package io.pgscim.local;
