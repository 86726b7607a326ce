/**
 * The ledger over a store that speaks SQL: what is stored and why, the statements, one writer with
 * group commit, a few readers. Which store it is, and how one talks to it, is the engine's matter:
 * an engine has a room of its own.
 */
@NullMarked
package io.signalbox.gateway.ledger.sql;

import org.jspecify.annotations.NullMarked;
