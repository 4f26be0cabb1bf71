/** What the policy file says: who gets a login role, what access roles may do, who gets which. */
package io.pgscim.applier.policy;
