/** Looks at what the services made, all the time and when everything has come to rest. */
package io.pgscim.chaos.watch;
