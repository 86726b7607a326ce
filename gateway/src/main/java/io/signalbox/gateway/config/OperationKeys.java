package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.integer;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The keys of the section {@code operations}. */
final class OperationKeys {
  static final KeyGroup GROUP = new KeyGroup("operations");

  static final ConfigKey<Duration> CALL_TIMEOUT =
      GROUP.key(
          "call_timeout",
          duration("100ms", "5m"),
          "15s",
          "How long a provider may take to rent a number or create a booking.");

  static final ConfigKey<Duration> LOOK_UP_TIMEOUT =
      GROUP.key(
          "look_up_timeout",
          duration("100ms", "5m"),
          "10s",
          "How long a look-up of an unknown attempt, or a cancelling of what is nobody's, may take.");

  static final ConfigKey<Duration> WAIT =
      GROUP.key(
          "wait",
          duration("0s", "5m"),
          "25s",
          "How long a caller waits for the result at most; past it the answer is 202.");

  static final ConfigKey<Integer> MAX_UNDER_WAY =
      GROUP.key(
          "max_under_way",
          integer(1, 10_000),
          "200",
          "Operations that are worked on at a time; others wait in the ledger.");

  static final ConfigKey<Integer> MAX_OPEN =
      GROUP.key(
          "max_open",
          integer(1, 1_000_000),
          "10000",
          "How many rents, and how many bookings, may be without an end on a node before more are"
              + " answered 503.");

  static final ConfigKey<Integer> MAX_WAITING =
      GROUP.key(
          "max_waiting",
          integer(0, 1_000_000),
          "1000",
          "How many callers may wait for a result on a node; more are answered 202 at once.");

  static final ConfigKey<Duration> SETTLE_AFTER =
      GROUP.key(
          "settle_after",
          duration("0s", "1h"),
          "30s",
          "From how long after its deadline an unknown attempt that look-ups do not find counts as"
              + " not done.");

  static final ConfigKey<Duration> SETTLE_WITHIN =
      GROUP.key(
          "settle_within",
          duration("1s", "7d"),
          "15m",
          "How long a provider that cannot be asked about an unknown attempt is asked again before"
              + " the operation fails and a person is told.");

  static final ConfigKey<Duration> WATCH =
      GROUP.key(
          "watch",
          duration("0s", "7d"),
          "20m",
          "How long a provider is looked through, after an unknown attempt that counts as not done,"
              + " for what it may have left.");

  static final ConfigKey<List<String>> SHARED_ACCOUNTS =
      GROUP.key(
          "shared_accounts",
          ValueTypes.texts("provider ids", "sms-activate, fivesim"),
          "",
          "Providers whose accounts others use too: what is found there and is nobody's here is left"
              + " to a person, unless our own reference tells that it is ours.");

  private OperationKeys() {}

  static OperationSettings read(ConfigValues v) {
    return new OperationSettings(
        v.get(CALL_TIMEOUT),
        v.get(LOOK_UP_TIMEOUT),
        v.get(WAIT),
        v.get(MAX_UNDER_WAY),
        v.get(MAX_OPEN),
        v.get(MAX_WAITING),
        v.get(SETTLE_AFTER),
        v.get(SETTLE_WITHIN),
        v.get(WATCH),
        Set.copyOf(v.get(SHARED_ACCOUNTS)));
  }
}
