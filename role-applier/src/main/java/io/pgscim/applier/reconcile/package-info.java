/**
 * The one reconciler: looks, plans, applies and reports in one transaction, whoever asks and for
 * whatever scope.
 */
package io.pgscim.applier.reconcile;
