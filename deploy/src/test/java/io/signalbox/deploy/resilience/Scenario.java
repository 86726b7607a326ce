package io.signalbox.deploy.resilience;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The outages of the suite. Times are shares of the run: of a minute, an outage takes the seconds
 * 15 to 40, both give or take a second by the seed.
 */
enum Scenario {
  /** The port is closed. */
  REFUSE("refuse", mode("refuse")),
  /** The provider's own internal error. */
  ERRORS("500s", mode("error")),
  /** Requests are read and never answered; nothing is sent. */
  HANG("hang", mode("hang")),
  /** The message is taken and delivered, and the connection is cut before the answer. */
  CUT("cut-after-send", mode("cut")),
  /** Every request is throttled, with a hint to come back after two seconds. */
  THROTTLE("429-storm", mode("throttle").put("retry_after_seconds", 2)),
  /** Three in ten fail. */
  BROWNOUT("brownout-30", mode("brownout").put("rate", 0.3)),
  /** Everything is accepted, nobody gets anything, no receipt comes. */
  SWALLOW("silent-non-delivery", mode("swallow")),
  /** Delivered at once; the receipts take a quarter of the run. */
  SLOW_RECEIPTS("slow-receipts", mode("ok")) {
    @Override
    JsonObject settings(long runMillis) {
      return super.settings(runMillis).put("receipt_delay_ms", runMillis / 4);
    }
  },
  /** A sixth of the run up, a sixth down, and so on: of a minute, a period of 20 seconds. */
  FLAPPING("flapping", mode("refuse")) {
    @Override
    List<Outage> outages(long runMillis, Random random) {
      long part = runMillis / 6;
      return IntStream.of(1, 3, 5)
          .mapToObj(i -> new Outage(i * part, (i + 1) * part, PRIMARY, settings(runMillis)))
          .toList();
    }
  },
  /** Every provider refuses for a quarter of the run. */
  ALL_DOWN("all-down-and-back", mode("refuse")) {
    @Override
    List<Outage> outages(long runMillis, Random random) {
      long begin = jittered(runMillis, 0.25, random);
      return List.of(new Outage(begin, begin + runMillis / 4, ALL, settings(runMillis)));
    }
  };

  /** The providers of the suite, the preferred one first. */
  static final List<String> ALL = List.of("sendgrid", "resend", "postmark");

  private static final List<String> PRIMARY = ALL.subList(0, 1);
  private static final double JITTER = 1.0 / 60;

  private final String code;
  private final String settings;

  Scenario(String code, JsonObject settings) {
    this.code = code;
    this.settings = settings.encode();
  }

  /** Its name in options, results and the table. */
  String code() {
    return code;
  }

  /** When what fails, the same for the same seed. */
  List<Outage> outages(long runMillis, Random random) {
    long begin = jittered(runMillis, 0.25, random);
    long end = jittered(runMillis, 2.0 / 3, random);
    return List.of(new Outage(begin, end, PRIMARY, settings(runMillis)));
  }

  JsonObject settings(long runMillis) {
    return new JsonObject(settings);
  }

  /** Whether nobody is left to fail over to. */
  boolean isTotal() {
    return this == ALL_DOWN;
  }

  static Scenario ofCode(String code) {
    return Arrays.stream(values())
        .filter(scenario -> scenario.code.equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(code + " is none of " + codes()));
  }

  static String codes() {
    return Arrays.stream(values()).map(Scenario::code).collect(Collectors.joining(", "));
  }

  private static JsonObject mode(String mode) {
    return new JsonObject().put("mode", mode.toLowerCase(Locale.ROOT));
  }

  private static long jittered(long runMillis, double share, Random random) {
    return Math.round(runMillis * (share + JITTER * (2 * random.nextDouble() - 1)));
  }

  @Override
  public String toString() {
    return code;
  }
}
