package io.signalbox.simulator.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a plugin behaves; the README has the list with its meanings. */
public enum FaultMode {
  OK,
  REFUSE,
  ERROR,
  UNAVAILABLE,
  THROTTLE,
  HANG,
  CUT,
  SLOW,
  BROWNOUT,
  SILENT,
  SWALLOW,
  REJECT,
  CUT_BEFORE,
  ERROR_AFTER;

  private static final double BROWNOUT_RATE = 0.3;
  private static final long SLOW_MILLIS = 3000;

  /** The name in control calls. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The share of requests that this mode applies to unless told otherwise. */
  public double defaultRate() {
    return this == BROWNOUT ? BROWNOUT_RATE : 1.0;
  }

  /** How much later a request is answered unless told otherwise. */
  public long defaultLatencyMillis() {
    return this == SLOW ? SLOW_MILLIS : 0;
  }

  /** The mode of that name. */
  public static Optional<FaultMode> ofCode(String code) {
    return Arrays.stream(values()).filter(mode -> mode.code().equals(code)).findFirst();
  }

  /** All names, for messages. */
  public static String codes() {
    return Arrays.stream(values()).map(FaultMode::code).collect(Collectors.joining(", "));
  }
}
