package io.signalbox.gateway.ledger.sql;

/** Of what kind a NULL is, which some stores must be told. */
public enum SqlType {
  /** A whole number. */
  LONG,
  /** Text. */
  TEXT,
  /** A time. */
  TIME
}
