/**
 * What a cluster has past its policy: the reconciler, as far as the plan, over everybody, and
 * beside it what no plan touches and an auditor has to see.
 */
package io.pgscim.applier.drift;
