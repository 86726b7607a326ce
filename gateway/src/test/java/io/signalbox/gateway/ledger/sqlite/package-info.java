/** The embedded ledger keeps the contract, and what only it promises. */
package io.signalbox.gateway.ledger.sqlite;
