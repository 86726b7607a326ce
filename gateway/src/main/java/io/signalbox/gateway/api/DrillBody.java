package io.signalbox.gateway.api;

import io.signalbox.gateway.drill.DrillOrder;
import io.signalbox.gateway.drill.DrillOrder.Live;
import io.signalbox.gateway.drill.DrillOrder.Simulate;
import io.signalbox.gateway.notification.FieldProblem;
import io.signalbox.gateway.text.NearestName;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.OnUnknown;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what drill a body asks for, and collects its mistakes. */
final class DrillBody {
  private static final Set<String> SIMULATE =
      new TreeSet<>(
          List.of(
              "kind",
              "provider",
              "mode",
              "channel",
              "count",
              "rate_per_second",
              "recovery_seconds",
              "on_unknown"));
  private static final Set<String> LIVE =
      new TreeSet<>(
          List.of("kind", "provider", "percent", "duration_seconds", "max_error_increase"));
  private static final int COUNT = 100;
  private static final int RATE = 20;
  private static final double RECOVERY_SECONDS = 120;
  private static final double PERCENT = 5;
  private static final double DURATION_SECONDS = 60;
  private static final double MAX_ERROR_INCREASE = 0.1;

  private final JsonObject json;
  private final List<FieldProblem> problems = new ArrayList<>();

  private DrillBody(JsonObject json) {
    this.json = json;
  }

  /**
   * Reads a body.
   *
   * @throws InvalidBodyException with all its mistakes
   */
  static DrillOrder read(JsonObject json) {
    return new DrillBody(json).read();
  }

  private DrillOrder read() {
    String kind = text("kind");
    String provider = text("provider");
    if (provider == null) {
      problem("provider", "is required: the id of a provider");
    }
    DrillOrder order = null;
    if ("simulate".equals(kind)) {
      order = simulate(provider == null ? "" : provider);
    } else if ("live".equals(kind)) {
      order = live(provider == null ? "" : provider);
    } else {
      problem("kind", "is required: simulate or live");
    }
    if (order == null || !problems.isEmpty()) {
      throw new InvalidBodyException("the drill has mistakes", problems);
    }
    return order;
  }

  private DrillOrder simulate(String provider) {
    known(SIMULATE);
    String mode = text("mode");
    if (mode == null) {
      problem("mode", "is required: a fault of the simulator, such as error");
    }
    return new Simulate(
        provider,
        channel(),
        mode == null ? "" : mode,
        (int) number("count", COUNT, 1, Simulate.MOST),
        (int) number("rate_per_second", RATE, 1, Simulate.FASTEST),
        seconds("recovery_seconds", RECOVERY_SECONDS, 0, Simulate.LONGEST_RECOVERY),
        onUnknown());
  }

  private DrillOrder live(String provider) {
    known(LIVE);
    return new Live(
        provider,
        number("percent", PERCENT, 0.1, Live.LARGEST_SHARE * 100) / 100,
        seconds("duration_seconds", DURATION_SECONDS, 1, Live.LONGEST),
        number("max_error_increase", MAX_ERROR_INCREASE, 0.01, 1));
  }

  private void known(Set<String> fields) {
    for (String name : json.fieldNames()) {
      if (!fields.contains(name)) {
        problem(
            name.replace("~", "~0").replace("/", "~1"),
            "is not a known field of this kind" + NearestName.hint(name, fields));
      }
    }
  }

  private @Nullable Channel channel() {
    String name = text("channel");
    if (name == null) {
      return null;
    }
    for (Channel channel : Channel.values()) {
      if (channel.carriesMessages() && channel.wireName().equals(name)) {
        return channel;
      }
    }
    problem("channel", "must be email, sms, whatsapp or telegram");
    return null;
  }

  private @Nullable OnUnknown onUnknown() {
    String name = text("on_unknown");
    if (name == null) {
      return null;
    }
    return Arrays.stream(OnUnknown.values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseGet(
            () -> {
              problem("on_unknown", "must be failover, wait or stop");
              return null;
            });
  }

  private Duration seconds(String name, double otherwise, double least, Duration most) {
    double seconds = number(name, otherwise, least, most.toMillis() / 1000.0);
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private double number(String name, double otherwise, double least, double most) {
    Object given = json.getValue(name);
    if (given == null) {
      return otherwise;
    }
    if (given instanceof Number number
        && number.doubleValue() >= least
        && number.doubleValue() <= most) {
      return number.doubleValue();
    }
    problem(name, "must be a number from " + plain(least) + " to " + plain(most));
    return otherwise;
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private @Nullable String text(String name) {
    Object given = json.getValue(name);
    if (given == null || (given instanceof String text && !text.isBlank())) {
      return (String) given;
    }
    problem(name, "must be a text");
    return null;
  }

  private void problem(String field, String detail) {
    problems.add(new FieldProblem("/" + field, detail));
  }
}
