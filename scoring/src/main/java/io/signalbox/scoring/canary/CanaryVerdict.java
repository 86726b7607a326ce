package io.signalbox.scoring.canary;

/** What becomes of a new version on trial. */
public enum CanaryVerdict {
  /** It is not known yet. */
  GO_ON,
  /** It takes all the traffic. */
  PROMOTE,
  /** It is worse, and goes. */
  ROLL_BACK
}
