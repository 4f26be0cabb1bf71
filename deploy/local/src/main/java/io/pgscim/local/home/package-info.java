/** The data folder: what is remembered from one start to the next, and whose turn it is. */
package io.pgscim.local.home;
