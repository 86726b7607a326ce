package io.signalbox.spi;

/**
 * How far a request to a provider got: the evidence that tells "certainly not sent" from "perhaps
 * sent". Ordered; a later constant implies the earlier ones.
 */
public enum Progress {
  /** No connection was made: refused, no route, DNS or TLS failure. Nothing was sent. */
  NOT_CONNECTED,
  /** A connection stood, no byte of the request was written. Nothing was sent. */
  CONNECTED,
  /** The request head may have been written. */
  HEADERS_WRITTEN,
  /** The whole request was handed to the network: the provider may have acted on it. */
  BODY_WRITTEN,
  /** An answer had begun and broke off. */
  ANSWER_BEGUN,
  /** A whole answer was read. */
  ANSWERED;

  /** {@return whether the provider certainly has not acted on the request} */
  public boolean certainlyNotSent() {
    return this == NOT_CONNECTED || this == CONNECTED;
  }
}
