package io.signalbox.gateway.api;

import io.signalbox.gateway.ledger.AcceptLedger;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.AcceptResult;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.RepeatedRequest;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** A real ledger that may take what it cannot look up, as a gateway that spools does. */
final class AwayLookUps implements AcceptLedger {
  private final AcceptLedger real;
  private volatile boolean away;

  AwayLookUps(AcceptLedger real) {
    this.real = real;
  }

  void away(boolean now) {
    away = now;
  }

  @Override
  public Future<AcceptResult> accept(AcceptRequest request) {
    return real.accept(request);
  }

  @Override
  public Future<List<AcceptResult>> acceptAll(List<AcceptRequest> requests) {
    return real.acceptAll(requests);
  }

  @Override
  public Future<List<Optional<AcceptResult>>> earlier(List<RepeatedRequest> requests) {
    return away
        ? Future.failedFuture(new LedgerUnavailableException("it is away"))
        : real.earlier(requests);
  }
}
