/** Where notifications wait that were accepted while the ledger was away. */
@NullMarked
package io.signalbox.gateway.spool;

import org.jspecify.annotations.NullMarked;
