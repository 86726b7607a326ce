package io.signalbox.gateway.rental;

import io.signalbox.gateway.call.NumberCall.ChangeRental;
import io.signalbox.gateway.call.NumberCall.FindRentals;
import io.signalbox.gateway.call.NumberCall.Rent;
import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.call.RentalRef;
import io.signalbox.gateway.config.NumbersSettings;
import io.signalbox.gateway.ledger.OfferLedger;
import io.signalbox.gateway.ledger.OfferLedger.KnownOffers;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.gateway.operation.Candidates;
import io.signalbox.gateway.operation.OperationKind;
import io.signalbox.gateway.operation.OperationMarket;
import io.signalbox.spi.Channel;
import io.signalbox.spi.operation.Price;
import io.signalbox.spi.operation.RentRequest;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalChange;
import io.signalbox.spi.operation.RentalSearch;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renting a number, as the saga needs to know it. */
public final class RentKind implements OperationKind<Rental> {
  private static final Logger LOG = LoggerFactory.getLogger(RentKind.class);

  private final OperationMarket market;
  private final OfferLedger offers;
  private final NumbersSettings settings;
  private final Clock clock;

  /** Makes it. */
  public RentKind(
      OperationMarket market, OfferLedger offers, NumbersSettings settings, Clock clock) {
    this.market = market;
    this.offers = offers;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Channel channel() {
    return Channel.NUMBER;
  }

  @Override
  public Future<Candidates> candidates(Operation operation) {
    RentWish wish = wish(operation);
    return offers
        .offers(wish.country(), wish.service())
        .otherwise(
            failure -> {
              // Stock and price help to choose; a rent does without.
              LOG.warn("a number is rented without knowing offers: {}", failure.toString());
              return KnownOffers.NONE;
            })
        .map(known -> RentChoice.of(wish, facts(known), settings, clock.millis()));
  }

  private RentFacts facts(KnownOffers known) {
    return new RentFacts(market.ranking(), market.states(), known, market.preferences());
  }

  static RentWish wish(Operation operation) {
    return RentWish.of(operation.request());
  }

  static RentalRef ref(Operation operation, String providerId) {
    RentWish wish = wish(operation);
    return new RentalRef(providerId, wish.service(), wish.country());
  }

  @Override
  public ProviderCall<Rental> perform(
      Operation operation, OperationAttempt attempt, Duration timeout) {
    RentWish wish = wish(operation);
    boolean free = attempt.variant().equals(RentChoice.FREE_PRICE);
    return new Rent(
        new RentRequest(
            operation.attemptId(attempt.number()),
            wish.country(),
            wish.service(),
            price(free ? limit(attempt) : wish.maxPrice()),
            free,
            timeout,
            operation.trace().traceparent()));
  }

  private @Nullable Price price(@Nullable BigDecimal amount) {
    return amount == null ? null : new Price(amount, settings.currency());
  }

  /** The most that a provider may pick, as it was decided. */
  private static @Nullable BigDecimal limit(OperationAttempt attempt) {
    for (Object each : attempt.decision().getJsonArray("candidates", new JsonArray())) {
      JsonObject candidate = (JsonObject) each;
      if (attempt.provider().equals(candidate.getString("provider"))
          && attempt.variant().equals(candidate.getString("variant"))) {
        Double limit = candidate.getJsonObject("reasons").getDouble(RentChoice.LIMIT);
        return limit == null ? null : new BigDecimal(limit.toString());
      }
    }
    return null;
  }

  @Override
  public ProviderCall<List<Rental>> find(
      Operation operation, OperationAttempt attempt, Set<String> known, Duration timeout) {
    RentWish wish = wish(operation);
    return new FindRentals(
        new RentalSearch(
            operation.attemptId(attempt.number()),
            wish.country(),
            wish.service(),
            Instant.ofEpochMilli(attempt.startedAtMillis()),
            known,
            timeout));
  }

  @Override
  public ProviderCall<?> undo(Operation operation, String providerId, Duration timeout) {
    return new ChangeRental(ref(operation, providerId), RentalChange.CANCEL, timeout);
  }

  @Override
  public Set<String> neighbours(String provider) {
    return market.neighbours(provider);
  }

  @Override
  public OperationResult result(Operation operation, OperationAttempt attempt, Rental value) {
    RentalStep step = RentalStep.begin(RentedNumber.of(value), settings, clock.millis());
    return new OperationResult(
        attempt.provider(), value.id(), step.number().toJson(), step.followAtMillis());
  }

  /** Not what costs more than may be paid: that is rather another's, who pays more. */
  @Override
  public boolean fits(Operation operation, OperationResult found) {
    BigDecimal limit = wish(operation).maxPrice();
    Price price = RentedNumber.of(found.value()).price();
    return limit == null
        || price == null
        || !price.currency().equals(settings.currency())
        || price.amount().compareTo(limit) <= 0;
  }

  @Override
  public boolean findsByReference() {
    // Neither SMS-Activate nor 5sim keeps our name of the attempt.
    return false;
  }
}
