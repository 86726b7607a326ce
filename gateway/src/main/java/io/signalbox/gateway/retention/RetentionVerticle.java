package io.signalbox.gateway.retention;

import io.signalbox.gateway.config.RetentionSettings;
import io.signalbox.gateway.ledger.RetentionLedger;
import io.signalbox.gateway.retention.RetentionSweep.Kept;
import io.signalbox.gateway.retention.RetentionSweep.Pace;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets go of finished notifications, and of what is left of them, when their time is over. */
public final class RetentionVerticle extends VerticleBase {
  private final RetentionLedger ledger;
  private final RetentionSettings settings;
  private final Clock clock;
  private @Nullable RetentionSweep sweep;

  /** Makes the verticle; nothing is removed before it is deployed. */
  public RetentionVerticle(RetentionLedger ledger, RetentionSettings settings, Clock clock) {
    this.ledger = ledger;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    List<Kept> kinds = kinds();
    settings
        .audit()
        .ifPresent(kept -> kinds.add(new Kept("audit lines", kept, ledger::removeAuditLines)));
    RetentionSweep sweeping =
        new RetentionSweep(vertx, clock, new Pace(settings.interval(), settings.maxShare()), kinds);
    sweep = sweeping;
    sweeping.start();
    return Future.succeededFuture();
  }

  private List<Kept> kinds() {
    List<Kept> kinds = new ArrayList<>();
    // Keys before what they lead to, receipts and rankings after what needs them.
    kinds.add(
        new Kept("idempotency keys", settings.idempotencyKeys(), ledger::removeIdempotencyKeys));
    kinds.add(new Kept("keys of requests", settings.requestKeys(), ledger::removeRequestKeys));
    settings
        .tenants()
        .forEach(
            (tenant, age) -> {
              kinds.add(
                  new Kept(
                      "notifications of tenant " + tenant,
                      age,
                      before -> ledger.removeNotifications(tenant, before)));
              kinds.add(
                  new Kept(
                      "operations of tenant " + tenant,
                      age,
                      before -> ledger.removeOperations(tenant, before)));
            });
    kinds.add(new Kept("notifications", settings.notifications(), ledger::removeNotifications));
    kinds.add(new Kept("operations", settings.notifications(), ledger::removeOperations));
    settings
        .contents()
        .ifPresent(age -> kinds.add(new Kept("contents", age, ledger::removeContents)));
    kinds.add(new Kept("calls of operations", settings.notifications(), ledger::removeCalls));
    kinds.add(new Kept("receipts", settings.shortest(), ledger::removeReceipts));
    kinds.add(new Kept("aliases", settings.shortest(), ledger::removeAliases));
    Duration longest = settings.notifications().plus(settings.longer());
    kinds.add(new Kept("rankings", longest, ledger::removeRankings));
    kinds.add(
        new Kept("breaker transitions", settings.breakerEvents(), ledger::removeBreakerEvents));
    return kinds;
  }

  @Override
  public Future<?> stop() {
    if (sweep != null) {
      sweep.stop();
    }
    return Future.succeededFuture();
  }
}
