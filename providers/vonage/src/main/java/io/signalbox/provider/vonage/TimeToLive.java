package io.signalbox.provider.vonage;

import java.time.Duration;

/** How long Vonage tries to deliver an SMS: 20 seconds to 7 days, as the SMS API documents it. */
final class TimeToLive {
  private static final Duration MIN = Duration.ofSeconds(20);
  private static final Duration MAX = Duration.ofDays(7);

  private TimeToLive() {}

  /** The nearest duration that Vonage takes. */
  static Duration of(Duration validFor) {
    if (validFor.compareTo(MIN) < 0) {
      return MIN;
    }
    return validFor.compareTo(MAX) > 0 ? MAX : validFor;
  }
}
