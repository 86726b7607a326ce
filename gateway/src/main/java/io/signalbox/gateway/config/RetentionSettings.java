package io.signalbox.gateway.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How long what is over is kept.
 *
 * @param notifications finished notifications, with all they have
 * @param tenants the same for tenants that differ
 * @param contents the contents of finished notifications; empty if they go with the rest
 * @param idempotencyKeys keys of notifications; a key without its notification is of no use
 * @param requestKeys keys of other requests, with their answers
 * @param breakerEvents transitions of breakers
 * @param audit lines of the audit log; empty: for ever
 * @param interval how often older ones are looked for
 * @param maxShare share of the time that removing may take, over 0 and at most 1
 */
public record RetentionSettings(
    Duration notifications,
    Map<String, Duration> tenants,
    Optional<Duration> contents,
    Duration idempotencyKeys,
    Duration requestKeys,
    Duration breakerEvents,
    Optional<Duration> audit,
    Duration interval,
    double maxShare) {

  /** Copies the map. */
  public RetentionSettings {
    tenants = Map.copyOf(tenants);
  }

  /** The shortest time for which anybody's notifications are kept. */
  public Duration shortest() {
    return tenants.values().stream().reduce(notifications, (a, b) -> a.compareTo(b) < 0 ? a : b);
  }

  /** By how much the longest time of a tenant is longer than that of the others; else zero. */
  public Duration longer() {
    Duration longest =
        tenants.values().stream().reduce(notifications, (a, b) -> a.compareTo(b) > 0 ? a : b);
    return longest.minus(notifications);
  }
}
