package io.signalbox.gateway.plugins;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditLedger;
import io.signalbox.gateway.plugins.Change.Done;
import io.signalbox.gateway.plugins.Change.Order;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes orders into the audit log: one line before anything is changed, without which nothing is,
 * and one when it has ended. Thread-safe.
 */
final class PluginAudit {
  private static final Logger LOG = LoggerFactory.getLogger(PluginAudit.class);

  private final AuditLedger ledger;
  private final Clock clock;

  PluginAudit(AuditLedger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Carries out an order and writes down how it ended. */
  Future<Done> audited(String action, Order order, Function<Trail, Future<Done>> carryOut) {
    Trail trail = new Trail(action, order);
    return Future.<Void>succeededFuture()
        .compose(now -> carryOut.apply(trail))
        .transform(
            ended ->
                trail
                    .ended(ended.succeeded() ? ended.result() : null, ended.cause())
                    .transform(written -> Future.future(result -> result.handle(ended))));
  }

  /** The lines of one order. Its steps follow each other, so it needs no lock. */
  final class Trail {
    private final String action;
    private final Order order;
    private volatile @Nullable String before;
    private volatile @Nullable String after;

    private Trail(String action, Order order) {
      this.action = action;
      this.order = order;
    }

    /** Notes what is in the folder now. */
    void before(@Nullable String sha256) {
      before = sha256;
    }

    /** Notes what is to be there. */
    void after(@Nullable String sha256) {
      after = sha256;
    }

    /** Writes that the change begins; nothing may be changed if this fails. */
    Future<Void> begun() {
      return ledger.audit(entry("begun", ""));
    }

    private Future<Void> ended(@Nullable Done done, @Nullable Throwable failure) {
      AuditEntry entry =
          done != null
              ? entry(done.outcome().wireName(), done.detail())
              : entry(
                  failure instanceof GatewayException refusal && refusal.status() < 500
                      ? "refused"
                      : "failed",
                  failure == null ? "" : GatewayException.reason(failure));
      LOG.info(
          "{} of {} by {}: {} {}",
          action,
          order.plugin(),
          order.who().actor(),
          entry.outcome(),
          failure == null ? entry.detail() : failure.toString());
      return ledger
          .audit(entry)
          .onFailure(
              unwritten ->
                  LOG.error(
                      "the end of {} of {} is not in the audit log: {}",
                      action,
                      order.plugin(),
                      unwritten.toString()));
    }

    private AuditEntry entry(String outcome, String detail) {
      return new AuditEntry(
          clock.millis(), order.who(), action, order.plugin(), before, after, outcome, detail);
    }
  }
}
