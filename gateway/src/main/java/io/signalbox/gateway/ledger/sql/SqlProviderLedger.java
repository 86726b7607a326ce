package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.ProviderLedger;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Controls and health of providers in the ledger. */
final class SqlProviderLedger implements ProviderLedger {
  /** Who has a provider writes its row once a minute at least. */
  private static final long SILENT_MILLIS = Duration.ofMinutes(3).toMillis();

  private final Store store;

  SqlProviderLedger(Store store) {
    this.store = store;
  }

  @Override
  public Future<Set<String>> drained() {
    return store.readers().read(session -> session.controls().drained());
  }

  @Override
  public Future<Void> drain(String provider, boolean drained, String actor, long nowMillis) {
    return store
        .writer()
        .submit(
            session -> {
              session.providers().drain(provider, drained, actor, nowMillis);
              return provider;
            },
            1)
        .mapEmpty();
  }

  @Override
  public Future<Void> recordHealth(List<HealthRow> rows) {
    // In one order, so that no two nodes wait for each other.
    List<HealthRow> copied =
        rows.stream().sorted(Comparator.comparing(HealthRow::provider)).toList();
    return store
        .writer()
        .submit(
            session -> {
              for (HealthRow row : copied) {
                session.providers().health(row);
              }
              return copied;
            },
            Math.max(1, copied.size()))
        .mapEmpty();
  }

  @Override
  public Future<Boolean> recordAbsent(Set<String> present, long nowMillis) {
    Set<String> copied = Set.copyOf(present);
    // Another node may have what this one lacks.
    boolean alone = store.engine().nodes().share().alone();
    long before = alone ? Long.MAX_VALUE : nowMillis - SILENT_MILLIS;
    return store
        .writer()
        .submit(
            session -> {
              session.providers().absent(copied, before, nowMillis);
              return alone;
            },
            1);
  }
}
