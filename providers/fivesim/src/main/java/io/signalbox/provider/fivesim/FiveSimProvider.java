package io.signalbox.provider.fivesim;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.NumberProvider;
import io.signalbox.spi.operation.OfferWish;
import io.signalbox.spi.operation.RentRequest;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalChange;
import io.signalbox.spi.operation.RentalSearch;
import io.signalbox.spi.operation.RentalStatus;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.JsonBody;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Rents numbers for activations through one 5sim account. */
final class FiveSimProvider extends FiveSimCalls implements NumberProvider {
  private final Orders orders;
  private final Searches searches;
  private final Offers offers;

  FiveSimProvider(FiveSimConfig config, ProviderContext context) {
    super(config, context);
    this.orders = new Orders(config, this);
    this.searches = new Searches(config, this);
    this.offers = new Offers(config, this);
  }

  @Override
  public Future<Answer<Rental>> rent(RentRequest request) {
    return orders.buy(request);
  }

  @Override
  public Future<Answer<List<Rental>>> findRentals(RentalSearch search) {
    return searches.find(search);
  }

  @Override
  public Future<Answer<Optional<RentalStatus>>> rentalStatus(String rentalId, Duration timeout) {
    return orders.status(rentalId, timeout);
  }

  @Override
  public Future<Answer<RentalStatus>> changeRental(
      String rentalId, RentalChange change, Duration timeout) {
    return orders.change(rentalId, change, timeout);
  }

  @Override
  public Future<Answer<List<NumberOffer>>> offers(OfferWish wish) {
    return offers.read(wish);
  }

  /** Reads the account's profile. */
  @Override
  public Future<CheckResult> check() {
    return check(user("/profile", checkTimeout()), FiveSimProvider::judge);
  }

  private static CheckResult judge(Answered answer) {
    boolean isProfile =
        answer.successful()
            && JsonBody.object(answer.body())
                .map(profile -> JsonBody.text(profile, "balance"))
                .isPresent();
    return isProfile
        ? CheckResult.healthy("5sim takes the token")
        : CheckResult.unhealthy("5sim answers " + answer.status() + " and no profile");
  }
}
