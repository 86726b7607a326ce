package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.integer;
import static io.signalbox.gateway.config.ValueTypes.oneOf;

import java.time.Duration;
import java.util.Locale;

/** The keys of the section {@code queue}. */
final class QueueKeys {
  static final KeyGroup GROUP = new KeyGroup("queue");

  static final ConfigKey<String> ENGINE =
      GROUP.key(
          "engine",
          oneOf("auto", "ledger", "redis"),
          "auto",
          "What stands between intake and dispatch: lanes in memory over the ledger, or streams in"
              + " Redis over it. auto: streams if redis.urls is set and ledger.engine is postgres.");

  static final ConfigKey<Integer> LANE_LIMIT =
      GROUP.key(
          "lane_limit",
          integer(1, 1_000_000),
          "10000",
          "How many entries the stream of one lane may hold in Redis; the ledger holds the rest.");

  static final ConfigKey<Integer> DELAYED_LIMIT =
      GROUP.key(
          "delayed_limit",
          integer(0, 10_000_000),
          "100000",
          "How many notifications that are due within ten minutes may wait in Redis; the ledger"
              + " holds the rest.");

  static final ConfigKey<Integer> DEAD_LETTER_LIMIT =
      GROUP.key(
          "dead_letter_limit",
          integer(1, 1_000_000),
          "10000",
          "About how many entries the stream of dead letters keeps in Redis.");

  static final ConfigKey<Duration> CLAIM_AFTER =
      GROUP.key(
          "claim_after",
          duration("500ms", "1h"),
          "5s",
          "How long a gateway may give no sign of life for an entry before others take it over;"
              + " living ones give a sign four times as often.");

  private QueueKeys() {}

  static QueueSettings read(ConfigValues v) {
    return new QueueSettings(
        QueueSettings.Engine.valueOf(v.get(ENGINE).toUpperCase(Locale.ROOT)),
        v.get(LANE_LIMIT),
        v.get(DELAYED_LIMIT),
        v.get(DEAD_LETTER_LIMIT),
        v.get(CLAIM_AFTER));
  }
}
