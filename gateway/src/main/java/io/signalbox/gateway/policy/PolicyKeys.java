package io.signalbox.gateway.policy;

import io.signalbox.gateway.config.ValueType;
import io.signalbox.gateway.config.ValueTypes;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.OnUnknown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every key of a routing policy, in the order of the documentation. */
public final class PolicyKeys {
  private static final int LONGEST_PROVIDER_ID = 100;
  private static final Map<String, PolicyKey<?>> ALL = new LinkedHashMap<>();

  public static final PolicyKey<OnUnknown> ON_UNKNOWN =
      key(
          "on_unknown",
          onUnknown(),
          "`failover` for priority urgent, else `wait`",
          "What follows an attempt of which nobody knows whether it sent: `failover` soon (a doubled"
              + " message is better than none), `wait` for a receipt and then fail over, or `stop`"
              + " and leave it to a person.");

  public static final PolicyKey<Duration> UNKNOWN_FAILOVER_AFTER =
      key(
          "unknown_failover_after",
          ValueTypes.duration("0s", "1h"),
          "`unknown.failover_after`",
          "How long `failover` waits for a receipt after an unknown outcome.");

  public static final PolicyKey<Duration> UNKNOWN_WAIT =
      key(
          "unknown_wait",
          ValueTypes.duration("0s", "24h"),
          "`unknown.wait_for`",
          "How long `wait` waits for a receipt after an unknown outcome.");

  public static final PolicyKey<Duration> CONFIRM_WITHIN =
      key(
          "confirm_within",
          ValueTypes.duration("0s", "7d"),
          "`0s`: never",
          "Fail over if no receipt says delivered in this time after an attempt was sent.");

  public static final PolicyKey<List<Channel>> FALLBACK_CHANNELS =
      key(
          "fallback_channels",
          channels(),
          "none",
          "Channels to try, in order, when the notification's own is exhausted. Those for which it"
              + " has no address or no text are left out.");

  public static final PolicyKey<String> PROVIDER =
      key("provider", providerId(), "any", "The id of the only provider to use.");

  public static final PolicyKey<Integer> MAX_ATTEMPTS =
      key(
          "max_attempts",
          ValueTypes.integer(1, AttemptId.MAX_NUMBER),
          "`dispatch.max_attempts`",
          "How many attempts at providers one notification may take, over all rounds and channels."
              + " An attempt that was throttled, or never made, is not counted.");

  public static final PolicyKey<Integer> MAX_ROUNDS =
      key(
          "max_rounds",
          ValueTypes.integer(1, 100),
          "`dispatch.max_rounds`",
          "How many rounds over all candidates. A round in which all were throttled, or in which"
              + " nobody could be tried or was asked, is not counted.");

  public static final PolicyKey<Duration> ATTEMPT_TIMEOUT =
      key(
          "attempt_timeout",
          ValueTypes.duration("0s", "10m"),
          "`0s`: the provider's",
          "How long one attempt may take, if that is less than the provider's own timeout.");

  public static final PolicyKey<Duration> CHANNEL_TIMEOUT =
      key(
          "channel_timeout",
          ValueTypes.duration("0s", "30d"),
          "`0s`: none",
          "How long one channel may be tried, counted from the first attempt on it. After that the"
              + " fallback channels go on.");

  public static final PolicyKey<Duration> NOTIFICATION_TIMEOUT =
      key(
          "notification_timeout",
          ValueTypes.duration("0s", "30d"),
          "`0s`: none",
          "How long the whole notification may be tried, counted from its acceptance or its"
              + " `send_at`. After that it is `expired`.");

  public static final PolicyKey<Duration> WINDOW =
      key(
          "window",
          ValueTypes.duration("1s", "30d"),
          "`dispatch.window`",
          "No further round begins later than this after the acceptance or `send_at`: the notification is a"
              + " dead letter then.");

  public static final PolicyKey<Duration> RETRY_BASE =
      key(
          "retry_base",
          ValueTypes.duration("1ms", "1h"),
          "`dispatch.retry_base`",
          "Longest wait before the second round; doubles with each round. The wait is a random one up"
              + " to that.");

  public static final PolicyKey<Duration> RETRY_MAX =
      key(
          "retry_max",
          ValueTypes.duration("1ms", "24h"),
          "`dispatch.retry_max`",
          "Longest wait between rounds; not less than `retry_base`.");

  public static final PolicyKey<Double> DUPLICATE_BUDGET =
      key(
          "duplicate_budget",
          ValueTypes.decimal(0, 1),
          "unlimited",
          "Share of the notifications begun in the last hour that may be sent twice. When it is"
              + " spent, `wait` replaces `failover`.");

  public static final PolicyKey<Boolean> FAILOVER_ON_REJECTED =
      key(
          "failover_on_rejected",
          ValueTypes.flag(),
          "`false`",
          "Whether a recipient or content that one provider refused for good is tried at the next.");

  public static final PolicyKey<Boolean> HALF_OPEN_TRIALS =
      key(
          "half_open_trials",
          ValueTypes.flag(),
          "`false` for priority urgent, else `true`",
          "Whether a notification may be the trial of a provider whose breaker is half-open.");

  private PolicyKeys() {}

  /** All keys by their names. */
  public static Map<String, PolicyKey<?>> all() {
    return Collections.unmodifiableMap(ALL);
  }

  private static <T> PolicyKey<T> key(
      String name, ValueType<T> type, String defaultText, String description) {
    PolicyKey<T> key = new PolicyKey<>(name, type, defaultText, description);
    ALL.put(name, key);
    return key;
  }

  private static ValueType<OnUnknown> onUnknown() {
    return ValueTypes.type(
        "word",
        "failover, wait, stop",
        "must be failover, wait or stop",
        text ->
            Arrays.stream(OnUnknown.values())
                .filter(value -> value.wireName().equals(text))
                .findFirst());
  }

  private static ValueType<List<Channel>> channels() {
    String known =
        Arrays.stream(Channel.values())
            .filter(Channel::carriesMessages)
            .map(Channel::wireName)
            .collect(Collectors.joining(", "));
    return ValueTypes.type(
        "list",
        "of " + known,
        "must be a list of different channels out of " + known,
        PolicyKeys::parseChannels);
  }

  private static Optional<List<Channel>> parseChannels(String text) {
    List<Channel> channels = new ArrayList<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      Channel channel = Channel.find(part.trim()).orElse(null);
      if (channel == null || !channel.carriesMessages() || channels.contains(channel)) {
        return Optional.empty();
      }
      channels.add(channel);
    }
    return Optional.of(List.copyOf(channels));
  }

  private static ValueType<String> providerId() {
    return ValueTypes.type(
        "text",
        "a provider's id",
        "must be the id of a provider, at most " + LONGEST_PROVIDER_ID + " characters",
        text ->
            text.isBlank() || text.length() > LONGEST_PROVIDER_ID
                ? Optional.empty()
                : Optional.of(text));
  }
}
