package io.signalbox.gateway.operation;

import io.signalbox.gateway.call.NumberCall;
import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.call.RentalRef;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.spi.Channel;
import io.signalbox.spi.operation.RentRequest;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalChange;
import io.signalbox.spi.operation.RentalSearch;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Rents at markets, in the order of their names. */
final class MarketKind implements OperationKind<Rental> {
  private volatile String[] names;
  private volatile boolean byReference = true;
  private volatile String misfits = "";
  private volatile Set<String> together = Set.of();

  MarketKind(String... names) {
    this.names = names;
  }

  /** Whom to ask from now on, as {@link OperationStories#candidates} reads it. */
  void ask(String... others) {
    names = others;
  }

  /** Whose rentals cannot be what was asked for. */
  void misfits(String provider) {
    misfits = provider;
  }

  /** Which markets may be at one account. */
  void together(String... providers) {
    together = Set.of(providers);
  }

  @Override
  public Set<String> neighbours(String provider) {
    return together.contains(provider) ? together : Set.of(provider);
  }

  @Override
  public boolean fits(Operation operation, OperationResult found) {
    return !found.provider().equals(misfits);
  }

  @Override
  public Channel channel() {
    return Channel.NUMBER;
  }

  @Override
  public Future<Candidates> candidates(Operation operation) {
    return Future.succeededFuture(OperationStories.candidates(names));
  }

  @Override
  public ProviderCall<Rental> perform(
      Operation operation, OperationAttempt attempt, Duration timeout) {
    return new NumberCall.Rent(
        new RentRequest(
            operation.attemptId(attempt.number()), "us", "wa", null, false, timeout, null));
  }

  @Override
  public ProviderCall<List<Rental>> find(
      Operation operation, OperationAttempt attempt, Set<String> known, Duration timeout) {
    return new NumberCall.FindRentals(
        new RentalSearch(
            operation.attemptId(attempt.number()),
            "us",
            "wa",
            Instant.ofEpochMilli(attempt.startedAtMillis()),
            known,
            timeout));
  }

  @Override
  public ProviderCall<?> undo(Operation operation, String providerId, Duration timeout) {
    return new NumberCall.ChangeRental(RentalRef.of(providerId), RentalChange.CANCEL, timeout);
  }

  @Override
  public OperationResult result(Operation operation, OperationAttempt attempt, Rental value) {
    JsonObject json = new JsonObject().put("id", value.id()).put("number", value.number());
    return new OperationResult(attempt.provider(), value.id(), json, 0);
  }

  @Override
  public boolean findsByReference() {
    return byReference;
  }

  /** Whether what is found is certainly of the attempt. */
  void findsByReference(boolean certain) {
    byReference = certain;
  }
}
