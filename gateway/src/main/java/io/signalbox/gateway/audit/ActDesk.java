package io.signalbox.gateway.audit;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.NothingDoneException;
import io.signalbox.gateway.ledger.Act;
import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditLedger;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out acts that are more than one change of the ledger: a line says what is asked before
 * anything is done, and one says how it ended before that is answered. Acts that are one change
 * have their line in the same transaction instead, see {@link Act}. Thread-safe.
 */
public final class ActDesk {
  private static final Logger LOG = LoggerFactory.getLogger(ActDesk.class);

  /** How long an act that stops harm waits for its line. */
  private static final long PATIENCE_MILLIS = 1_000;

  private final AuditLedger ledger;
  private final Clock clock;

  /**
   * Makes a desk that writes into a ledger's audit log.
   *
   * @param clock wall time
   */
  public ActDesk(AuditLedger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Carries out an act.
   *
   * @param work does it; what it throws counts as its failure
   * @param after what its result says for the audit log, without secrets
   * @return the result of the work; fails with a {@link NothingDoneException} if the audit log
   *     cannot be written. An act that lessens damage is done all the same, also if the audit log
   *     says nothing for a second
   */
  public <T> Future<T> carryOut(Asked asked, Supplier<Future<T>> work, Function<T, String> after) {
    Act act = asked.act();
    AuditEntry first = act.line(asked.target(), asked.before(), asked.wish(), AuditEntry.ASKED, "");
    return write(asked, first)
        .recover(unwritten -> goOn(asked, first, unwritten))
        .compose(written -> done(asked, work, after));
  }

  private <T> Future<T> done(Asked asked, Supplier<Future<T>> work, Function<T, String> after) {
    return Future.<Void>succeededFuture()
        .compose(now -> work.get())
        .transform(
            ended -> {
              String value = ended.succeeded() ? after.apply(ended.result()) : null;
              AuditEntry last = last(asked, value, ended.cause());
              return write(asked, last)
                  .onFailure(unwritten -> tell(last, unwritten))
                  .transform(written -> Future.future(result -> result.handle(ended)));
            });
  }

  private Future<Void> write(Asked asked, AuditEntry line) {
    Future<Void> written = ledger.audit(line);
    return asked.lessensDamage()
        ? written.timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        : written;
  }

  private static Future<Void> goOn(Asked asked, AuditEntry first, Throwable unwritten) {
    tell(first, unwritten);
    return asked.lessensDamage()
        ? Future.succeededFuture()
        : Future.failedFuture(
            new NothingDoneException(
                "the audit log cannot be written now, so nothing was done; try again soon"));
  }

  private AuditEntry last(Asked asked, @Nullable String after, @Nullable Throwable failure) {
    boolean refused = failure instanceof GatewayException refusal && refusal.status() < 500;
    return asked
        .act()
        .at(clock.millis())
        .line(
            asked.target(),
            asked.before(),
            after,
            failure == null ? AuditEntry.DONE : refused ? AuditEntry.REFUSED : AuditEntry.FAILED,
            failure == null ? "" : GatewayException.reason(failure));
  }

  /** What the audit log lacks is in the other log at least; it may be written late. */
  private static void tell(AuditEntry entry, Throwable unwritten) {
    LOG.atError()
        .addKeyValue("correlation_id", entry.who().correlationId())
        .log(
            "the audit log may lack a line: {} of {} by {} of {} from {}: {} {}; {}",
            entry.action(),
            entry.target(),
            entry.who().actor(),
            entry.who().tenant(),
            entry.who().origin(),
            entry.outcome(),
            entry.detail(),
            unwritten.toString());
  }
}
