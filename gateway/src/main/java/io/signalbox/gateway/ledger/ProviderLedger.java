package io.signalbox.gateway.ledger;

import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/** Keeps what operators decided about providers, and how the providers are. Thread-safe. */
public interface ProviderLedger {

  /** The providers that an operator has drained and not enabled since. */
  Future<Set<String>> drained();

  /** An operator drains a provider, or enables it again. */
  Future<Void> drain(String provider, boolean drained, String actor, long nowMillis);

  /** Brings the table of health up to date; the counts are added to those that are stored. */
  Future<Void> recordHealth(List<HealthRow> rows);

  /**
   * Providers of the table that are not among these are {@code unavailable} from now on; where
   * several nodes share the ledger only those of which none has told anything for some minutes.
   *
   * @return whether that holds until the set changes; if not, it is to be told again and again,
   *     since other nodes come and go
   */
  Future<Boolean> recordAbsent(Set<String> present, long nowMillis);

  /**
   * The health of one provider.
   *
   * @param status {@code healthy}, {@code degraded} or {@code unavailable}
   * @param successRate percent of the last attempts that succeeded
   * @param averageResponseMillis mean response time of those that succeeded
   * @param successes attempts that succeeded since the row before
   * @param failures attempts that failed since then
   * @param lastSuccessAtMillis 0 for never
   * @param lastFailureAtMillis 0 for never
   */
  record HealthRow(
      String provider,
      String status,
      double successRate,
      double averageResponseMillis,
      long successes,
      long failures,
      long lastSuccessAtMillis,
      long lastFailureAtMillis,
      long checkedAtMillis) {}
}
