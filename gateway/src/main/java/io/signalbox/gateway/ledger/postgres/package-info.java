/**
 * The ledger on PostgreSQL: connections of the reactive client, used by the ledger's own threads,
 * with everything a transaction writes on its way at once.
 */
@NullMarked
package io.signalbox.gateway.ledger.postgres;

import org.jspecify.annotations.NullMarked;
