/** The embedded ledger: SQLite with one writer thread, group commit and a few reader threads. */
@NullMarked
package io.signalbox.gateway.ledger.sqlite;

import org.jspecify.annotations.NullMarked;
