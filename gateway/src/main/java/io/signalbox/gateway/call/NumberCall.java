package io.signalbox.gateway.call;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Provider;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.NumberProvider;
import io.signalbox.spi.operation.OfferWish;
import io.signalbox.spi.operation.RentRequest;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalChange;
import io.signalbox.spi.operation.RentalSearch;
import io.signalbox.spi.operation.RentalStatus;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The calls of a {@link NumberProvider}. */
public sealed interface NumberCall<T> extends ProviderCall<T> {

  @Override
  default Channel channel() {
    return Channel.NUMBER;
  }

  @Override
  default Class<? extends Provider> target() {
    return NumberProvider.class;
  }

  @Override
  default Future<Answer<T>> at(Provider provider) {
    return ask((NumberProvider) provider);
  }

  /** Calls the provider. */
  Future<Answer<T>> ask(NumberProvider provider);

  /** Rents a number. */
  record Rent(RentRequest request) implements NumberCall<Rental> {
    @Override
    public RequestType type() {
      return RequestType.RENT;
    }

    @Override
    public Duration timeout() {
      return request.timeout();
    }

    @Override
    public Rent within(Duration timeout) {
      return with(timeout, request.traceparent());
    }

    @Override
    public Rent traced(String traceparent) {
      return with(request.timeout(), traceparent);
    }

    private Rent with(Duration timeout, @Nullable String traceparent) {
      return new Rent(
          new RentRequest(
              request.attemptId(),
              request.country(),
              request.service(),
              request.maxPrice(),
              request.freePrice(),
              timeout,
              traceparent));
    }

    @Override
    public String attemptId() {
      return request.attemptId();
    }

    @Override
    public String service() {
      return request.service();
    }

    @Override
    public String country() {
      return request.country();
    }

    @Override
    public @Nullable String rentalId() {
      return null;
    }

    @Override
    public String rentalIdOf(Rental value) {
      return value.id();
    }

    @Override
    public Future<Answer<Rental>> ask(NumberProvider provider) {
      return provider.rent(request);
    }
  }

  /** Looks for the rental of an attempt. */
  record FindRentals(RentalSearch search) implements NumberCall<List<Rental>> {
    @Override
    public RequestType type() {
      return RequestType.FIND;
    }

    @Override
    public Duration timeout() {
      return search.timeout();
    }

    @Override
    public FindRentals within(Duration timeout) {
      return new FindRentals(
          new RentalSearch(
              search.attemptId(),
              search.country(),
              search.service(),
              search.attemptedAt(),
              search.known(),
              timeout));
    }

    @Override
    public String attemptId() {
      return search.attemptId();
    }

    @Override
    public String service() {
      return search.service();
    }

    @Override
    public String country() {
      return search.country();
    }

    @Override
    public @Nullable String rentalId() {
      return null;
    }

    @Override
    public @Nullable String rentalIdOf(List<Rental> value) {
      return value.size() == 1 ? value.get(0).id() : null;
    }

    @Override
    public Future<Answer<List<Rental>>> ask(NumberProvider provider) {
      return provider.findRentals(search);
    }
  }

  /** Asks how a rental stands. */
  record ReadRental(RentalRef rental, Duration timeout)
      implements NumberCall<Optional<RentalStatus>> {
    @Override
    public RequestType type() {
      return RequestType.STATUS;
    }

    @Override
    public ReadRental within(Duration newTimeout) {
      return new ReadRental(rental, newTimeout);
    }

    @Override
    public @Nullable String attemptId() {
      return null;
    }

    @Override
    public @Nullable String service() {
      return rental.service();
    }

    @Override
    public @Nullable String country() {
      return rental.country();
    }

    @Override
    public String rentalId() {
      return rental.id();
    }

    @Override
    public String rentalIdOf(Optional<RentalStatus> value) {
      return rental.id();
    }

    @Override
    public Future<Answer<Optional<RentalStatus>>> ask(NumberProvider provider) {
      return provider.rentalStatus(rental.id(), timeout);
    }
  }

  /** Ends a rental, or asks for one more code. */
  record ChangeRental(RentalRef rental, RentalChange change, Duration timeout)
      implements NumberCall<RentalStatus> {
    @Override
    public RequestType type() {
      return switch (change) {
        case CANCEL -> RequestType.CANCEL;
        case FINISH -> RequestType.FINISH;
        case RETRY -> RequestType.RETRY;
      };
    }

    @Override
    public ChangeRental within(Duration newTimeout) {
      return new ChangeRental(rental, change, newTimeout);
    }

    @Override
    public @Nullable String attemptId() {
      return null;
    }

    @Override
    public @Nullable String service() {
      return rental.service();
    }

    @Override
    public @Nullable String country() {
      return rental.country();
    }

    @Override
    public String rentalId() {
      return rental.id();
    }

    @Override
    public String rentalIdOf(RentalStatus value) {
      return rental.id();
    }

    @Override
    public Future<Answer<RentalStatus>> ask(NumberProvider provider) {
      return provider.changeRental(rental.id(), change, timeout);
    }
  }

  /** Asks what there is to rent. */
  record AskOffers(OfferWish wish) implements NumberCall<List<NumberOffer>> {
    @Override
    public RequestType type() {
      return RequestType.OFFERS;
    }

    @Override
    public Duration timeout() {
      return wish.timeout();
    }

    @Override
    public AskOffers within(Duration timeout) {
      return new AskOffers(new OfferWish(wish.country(), wish.service(), timeout));
    }

    @Override
    public @Nullable String attemptId() {
      return null;
    }

    @Override
    public @Nullable String service() {
      return wish.service();
    }

    @Override
    public @Nullable String country() {
      return wish.country();
    }

    @Override
    public @Nullable String rentalId() {
      return null;
    }

    @Override
    public @Nullable String rentalIdOf(List<NumberOffer> value) {
      return null;
    }

    @Override
    public Future<Answer<List<NumberOffer>>> ask(NumberProvider provider) {
      return provider.offers(wish);
    }
  }
}
