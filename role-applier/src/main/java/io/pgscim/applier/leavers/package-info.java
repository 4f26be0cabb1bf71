/** What becomes, in time, of the roles of those who have no access any more. */
package io.pgscim.applier.leavers;
