package io.signalbox.toolkit;

/** The codes of {@link HttpAnswer.Unanswered}: why no whole answer was read. */
public final class UnansweredCodes {
  /** Nobody listens there. */
  public static final String CONNECTION_REFUSED = "connection_refused";

  /** No connection came about in time. */
  public static final String CONNECT_TIMEOUT = "connect_timeout";

  /** The connection failed before it stood, in another way. */
  public static final String CONNECT_FAILED = "connect_failed";

  /** The host's name has no address. */
  public static final String DNS_FAILURE = "dns_failure";

  /** The TLS handshake failed. */
  public static final String TLS_FAILURE = "tls_failure";

  /** All connections are busy and too many calls wait, or one waited too long. */
  public static final String POOL_EXHAUSTED = "pool_exhausted";

  /** The call's own time ran out. */
  public static final String TIMEOUT = "timeout";

  /** The connection broke before an answer began. */
  public static final String CONNECTION_RESET = "connection_reset";

  /** The answer began and broke off, or its end cannot be told from a break. */
  public static final String ANSWER_TRUNCATED = "answer_truncated";

  /** The answer is longer than allowed. */
  public static final String ANSWER_TOO_LARGE = "answer_too_large";

  /** What came back is not HTTP. */
  public static final String ANSWER_MALFORMED = "answer_malformed";

  /** The call cannot be made at all: bad URL or header. */
  public static final String BAD_REQUEST = "bad_request";

  /** The delivery was closed before. */
  public static final String CLOSED = "closed";

  private UnansweredCodes() {}
}
