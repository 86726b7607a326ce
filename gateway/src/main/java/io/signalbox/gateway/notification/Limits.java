package io.signalbox.gateway.notification;

/** Largest values of fields: characters unless the name says otherwise. */
final class Limits {
  static final int TYPE = 100;
  static final int ADDRESS = 254;

  /** A name beside an address of a header. */
  static final int HEADER_NAME = 100;

  /** How many addresses an answer may go to. */
  static final int REPLY_TO = 10;

  static final int TITLE = 500;
  static final int MESSAGE = 100_000;
  static final int HTML = 200_000;
  static final int PROVIDER = 100;
  static final int POLICY = 100;
  static final int TEMPLATE = 40;
  static final int LOCALE = 35;

  /** What the ledger can count to. */
  static final long TEMPLATE_VERSION = Integer.MAX_VALUE;

  /** A year. */
  static final long TTL_SECONDS = 31_536_000;

  /** A week. */
  static final long CONFIRM_SECONDS = 604_800;

  /** A year and a day. */
  static final long SEND_AT_DAYS_AHEAD = 366;

  private Limits() {}
}
