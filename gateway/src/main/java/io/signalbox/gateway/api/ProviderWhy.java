package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.LimitsNow;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.ProviderMessages.Swap;
import io.signalbox.gateway.degradation.LastFailure;
import io.signalbox.gateway.text.SpanText;
import io.signalbox.scoring.DeliverySnapshot;
import io.signalbox.scoring.FailureDetector;
import io.signalbox.scoring.FailureKind;
import io.signalbox.scoring.FailureReport;
import io.signalbox.scoring.HealthSnapshot;
import io.signalbox.scoring.ProviderStatus;
import io.signalbox.scoring.RankedCandidate;
import io.signalbox.scoring.Severity;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a provider stands as it does, in sentences, the most important first: what an operator reads
 * before any figure. A pure function of what is known now.
 *
 * @param state of the generation that works
 * @param lastMinute its failures
 * @param failedSwap its last replacement, if that did not take over
 * @param ranked its places in the rankings, by channel
 * @param last the last attempt that failed in each way
 * @param limits what it is given now; null if not known
 * @param nowMillis wall time
 */
record ProviderWhy(
    ProviderState state,
    FailureReport lastMinute,
    @Nullable Swap failedSwap,
    Map<Channel, RankedCandidate> ranked,
    Map<FailureKind, LastFailure> last,
    @Nullable LimitsNow limits,
    long nowMillis) {
  /** Fewer judged messages say little. */
  private static final int LEAST_JUDGED = 10;

  /** Less than this share delivered in time is worth a word. */
  private static final double LITTLE_DELIVERED = 0.8;

  /** As many refusals in a minute are more than a few wrong addresses. */
  private static final int MANY_REJECTED = 4;

  private static final double PERCENT = 100;

  /** Copies the map, in the order of the channels. */
  ProviderWhy {
    ranked = Collections.unmodifiableMap(new TreeMap<>(ranked));
  }

  /** What kind of look a provider needs. */
  enum Lamp {
    /** It does not work. */
    RED,
    /** It works, and something is wrong. */
    AMBER,
    /** It works. */
    GREEN,
    /** Nothing was tried yet. */
    GREY
  }

  /** Adds {@code lamp}, {@code why} and {@code next} to the JSON of the provider. */
  JsonObject addTo(JsonObject provider) {
    provider
        .put("lamp", lamp().name().toLowerCase(Locale.ROOT))
        .put("why", new JsonArray(reasons()));
    String next = next();
    return next.isEmpty() ? provider : provider.put("next", next);
  }

  /** Its lamp. */
  Lamp lamp() {
    BreakerView breaker = state.breaker();
    if (state.stage() != Stage.ACTIVE) {
      return Lamp.AMBER;
    }
    if ("open".equals(breaker.state())
        || breaker.fault()
        || lastMinute.severity() == Severity.CRITICAL
        || worst() == ProviderStatus.UNAVAILABLE) {
      return Lamp.RED;
    }
    if (!breaker.isClosed()
        || lastMinute.degraded()
        || worst() == ProviderStatus.DEGRADED
        || failedSwap != null
        || !state.warnings().isEmpty()
        || count(FailureKind.THROTTLED) > 0
        || rejectsMuch()
        || ranked.values().stream().anyMatch(each -> deliversLittle(each.health().delivery()))) {
      return Lamp.AMBER;
    }
    return health().attempts() > 0 ? Lamp.GREEN : Lamp.GREY;
  }

  /** The reasons; at least one. */
  List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    if (state.stage() != Stage.ACTIVE) {
      reasons.add("Draining: it ends what it has and takes nothing new.");
    }
    addBreaker(reasons);
    addLastMinute(reasons);
    if (failedSwap != null) {
      reasons.add(
          "Version " + failedSwap.toVersion() + " did not take over: " + failedSwap.reason());
    }
    reasons.addAll(state.warnings());
    ranked.forEach(
        (channel, place) -> {
          DeliverySnapshot delivery = place.health().delivery();
          if (deliversLittle(delivery)) {
            reasons.add(
                "Only "
                    + Math.round(delivery.share() * PERCENT)
                    + " % of the last "
                    + delivery.judged()
                    + " on "
                    + channel.wireName()
                    + " were delivered in time: receipts say otherwise, or do not come");
          }
        });
    if (reasons.isEmpty()) {
      reasons.add(asEver());
    }
    return reasons;
  }

  private void addBreaker(List<String> reasons) {
    BreakerView breaker = state.breaker();
    String age =
        breaker.sinceMillis() > 0 ? " for " + SpanText.of(nowMillis - breaker.sinceMillis()) : "";
    if ("open".equals(breaker.state())) {
      String next =
          breaker.openUntilMillis() > 0
              ? ", next trial in " + SpanText.of(breaker.openUntilMillis() - nowMillis)
              : "";
      reasons.add("Breaker open" + age + next + ": " + breaker.reason() + failedLast(breaker));
    } else if (!breaker.isClosed()) {
      reasons.add("Breaker half open" + age + ", on trial: " + breaker.reason());
    }
  }

  /** What it opened after, which the reason may count only. */
  private String failedLast(BreakerView breaker) {
    return LastFailure.before(breaker.sinceMillis(), last)
        .map(failure -> "; the last failure was " + failure.words())
        .orElse("");
  }

  private void addLastMinute(List<String> reasons) {
    if (lastMinute.failures() > 0) {
      String kinds =
          lastMinute.kinds().entrySet().stream()
              .filter(kind -> isFailure(kind.getKey()))
              .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
              .map(kind -> kind.getValue() + " " + words(kind.getKey()) + code(kind.getKey()))
              .collect(Collectors.joining(", "));
      reasons.add(
          lastMinute.failures()
              + " of "
              + plural(lastMinute.attempts(), "attempt")
              + " failed in the last minute"
              + (kinds.isEmpty() ? "" : ": " + kinds));
    }
    int throttled = count(FailureKind.THROTTLED);
    if (throttled > 0) {
      reasons.add(
          plural(throttled, "attempt")
              + " throttled in the last minute"
              + code(FailureKind.THROTTLED)
              + ": it asks for fewer");
    }
    if (rejectsMuch()) {
      reasons.add(
          plural(count(FailureKind.REJECTED), "attempt")
              + " rejected in the last minute"
              + code(FailureKind.REJECTED)
              + ": it refuses recipients or contents");
    }
  }

  /** By what the last failure of a kind can be told from others of it: {@code (HTTP 503)}. */
  private String code(FailureKind kind) {
    LastFailure failure = last.get(kind);
    return failure == null || failure.words().equals(words(kind))
        ? ""
        : " (" + failure.words() + ")";
  }

  /** What is done next about the most important reason; empty if nothing has to be. */
  String next() {
    BreakerView breaker = state.breaker();
    if (state.stage() != Stage.ACTIVE) {
      return "it gets nothing until it is enabled";
    }
    if ("open".equals(breaker.state())) {
      long wait = breaker.openUntilMillis() - nowMillis;
      return (breaker.fault()
              ? "somebody must mend its key, account or credit; "
              : "others take its traffic; ")
          + (wait > 0 ? "tried again in " + SpanText.of(wait) : "tried with what comes next");
    }
    if (!breaker.isClosed()) {
      return "single attempts go to it; its breaker closes when they succeed";
    }
    if (lastMinute.degraded() || lastMinute.severity() == Severity.CRITICAL) {
      return "it loses score and traffic while it fails; its breaker opens if that goes on";
    }
    if (count(FailureKind.THROTTLED) > 0) {
      return limits != null && limits.perSecond() > 0
          ? String.format(
              Locale.ROOT, "it is given at most %.1f a second for now", limits.perSecond())
          : "it is left alone for as long as it asks";
    }
    if (rejectsMuch()) {
      return "nothing by itself: look at what is sent, and to whom";
    }
    boolean little =
        ranked.values().stream().anyMatch(each -> deliversLittle(each.health().delivery()));
    return little ? "it loses score and traffic while receipts say so" : "";
  }

  private String asEver() {
    HealthSnapshot health = health();
    return health.attempts() == 0
        ? "Nothing was sent over it yet."
        : String.format(
            Locale.ROOT,
            "%s %% of the last %d succeeded, %s each",
            percent(health.successRate()),
            health.attempts(),
            SpanText.of(Math.round(health.averageResponseMillis())));
  }

  private static String percent(double share) {
    return share == 1 ? "100" : String.format(Locale.ROOT, "%.1f", share * PERCENT);
  }

  private static String plural(int count, String one) {
    return count + " " + one + (count == 1 ? "" : "s");
  }

  private static boolean isFailure(FailureKind kind) {
    return kind != FailureKind.THROTTLED && kind != FailureKind.REJECTED;
  }

  private static String words(FailureKind kind) {
    return kind.wireName().replace('_', ' ');
  }

  private int count(FailureKind kind) {
    return lastMinute.kinds().getOrDefault(kind, 0);
  }

  private boolean rejectsMuch() {
    int rejected = count(FailureKind.REJECTED);
    double share = rejected / (double) Math.max(1, rejected + lastMinute.attempts());
    return rejected >= MANY_REJECTED && share > FailureDetector.DEGRADED_ABOVE_FAILURE_RATE;
  }

  private static boolean deliversLittle(DeliverySnapshot delivery) {
    return delivery.judged() >= LEAST_JUDGED && delivery.share() < LITTLE_DELIVERED;
  }

  /** The same on every channel: attempts are counted for the provider. */
  private HealthSnapshot health() {
    return ranked.values().stream()
        .findFirst()
        .map(RankedCandidate::health)
        .orElse(HealthSnapshot.UNTRIED);
  }

  private ProviderStatus worst() {
    return ranked.values().stream()
        .map(RankedCandidate::status)
        .max(Comparator.naturalOrder())
        .orElse(ProviderStatus.HEALTHY);
  }
}
