package io.signalbox.simulator.core;

/** Failures that have nothing to do with what was asked; every API words them in its own way. */
public enum Failure {
  /** The provider's internal error. */
  ERROR,
  /** The provider is down for a while. */
  UNAVAILABLE,
  /** Too many requests. */
  THROTTLE,
  /** The request's body is longer than the API reads. */
  TOO_LARGE
}
