package io.signalbox.gateway.ledger.sql;

/** What a gateway remembers of a ledger that it may share with others. */
public enum SqlTopic {
  /** Callback endpoints, with what they want. */
  CALLBACKS,
  /** Who was put on the suppression list. */
  SUPPRESSIONS,
  /** Routing preferences; nobody remembers them, but whoever changes them is alone with them. */
  PREFERENCES
}
